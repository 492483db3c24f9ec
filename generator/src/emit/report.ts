/** Room `emit`: says, with places, what the output shows in types but does not enforce or serve. */
import type { Media, Operation, Param } from "../model/api.js";
import type { EmitContext } from "./context.js";
import { undefinedStyle } from "./param/undefined-style.js";
import { isReadable } from "./read.js";

export function reportTypedOnly(context: EmitContext): void {
  for (const group of context.layout.api.groups) {
    for (const operation of group.operations) {
      for (const media of operation.body?.media ?? []) {
        reportBody(context, operation, media);
      }
      for (const answer of operation.answers) {
        for (const media of answer.media) {
          reportAnswer(context, operation, media);
        }
      }
      for (const param of operation.params) {
        reportParam(context, operation, param);
      }
    }
  }
}

function reportBody(
  { diagnostics }: EmitContext,
  operation: Operation,
  media: Media,
): void {
  if (media.typedOnly) {
    diagnostics.warning(
      "KT3111",
      media.origin,
      `the request body \`${media.type}\` of \`${operation.id}\` is typed only`,
      { help: "it reaches the handler as a byte stream, unchecked" },
    );
  } else if (!isReadable(media)) {
    diagnostics.warning(
      "KT3112",
      media.origin,
      `request bodies of type \`${media.type}\` are not read; \`${operation.id}\` answers 501 for them`,
      {
        help: "clients can use another media type that the operation declares",
      },
    );
  }
}

function reportAnswer(
  { diagnostics }: EmitContext,
  operation: Operation,
  media: Media,
): void {
  const isStream = media.codec === "events" || media.codec === "lines";
  if (!media.typedOnly && !isStream) return;
  diagnostics.warning(
    "KT3113",
    media.origin,
    `the response body \`${media.type}\` of \`${operation.id}\` is typed only`,
    { help: "the handler gives bytes, a string or a stream, sent as it is" },
  );
}

function reportParam(
  { diagnostics, model }: EmitContext,
  operation: Operation,
  param: Param,
): void {
  const how = undefinedStyle({ model }, param);
  if (how === undefined) return;
  const { name, style, explode, origin } = param;
  diagnostics.warning(
    "KT2104",
    origin,
    `\`${style}\` with \`explode: ${explode}\` is not defined for the parameter \`${name}\` of \`${operation.id}\``,
    { help: how },
  );
}
