/** Room `emit`: says, with places, what the output shows in types but does not enforce or serve. */
import type { Media, Operation, Param } from "../model/api.js";
import type { Schema } from "../model/schema.js";
import type { EmitContext } from "./context.js";
import { isItemStream } from "./item-stream.js";
import { isTooWide } from "./param/shape.js";
import { undefinedStyle } from "./param/undefined-style.js";
import { planBody } from "./body-plan.js";
import { hasOwnAssertions } from "./check/scope.js";

export function reportTypedOnly(context: EmitContext): void {
  const { groups, outgoing } = context.layout.api;
  const sent = { operations: outgoing.map(({ operation }) => operation) };
  for (const group of [...groups, sent]) {
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
  context: EmitContext,
  operation: Operation,
  media: Media,
): void {
  const { diagnostics } = context;
  const plan = planBody(context, media);
  if (plan.kind === "bytes" && asksForMore(plan.schema)) {
    diagnostics.warning(
      "KT3111",
      media.origin,
      `the request body \`${media.type}\` of \`${operation.id}\` is typed only`,
      { help: "it reaches the handler as a byte stream, unchecked" },
    );
  }
  if (plan.kind !== "multipart") reportPositions(context, media);
  if (plan.kind === "multipart" || plan.kind === "form") {
    const what = `the request body \`${media.type}\` of \`${operation.id}\``;
    reportWidth(context, media.schema, media.origin, what);
  }
}

/** Of a stream of bytes only its length is known. */
function asksForMore(schema: Schema): boolean {
  if (schema.refs.length > 0) return true;
  const { string, types, ...rest } = schema;
  if (hasOwnAssertions(rest)) return true;
  if (types?.some((type) => type !== "string")) return true;
  return string !== undefined
    ? string.content !== "binary" ||
        string.patterns.length > 0 ||
        string.min !== undefined
    : types !== undefined;
}

function reportPositions({ diagnostics }: EmitContext, media: Media): void {
  if (media.positions === undefined) return;
  diagnostics.warning(
    "KT3103",
    media.origin,
    `parts of \`${media.type}\` by position are typed only`,
    { help: "describe them in a multipart request body" },
  );
}

function reportAnswer(
  context: EmitContext,
  operation: Operation,
  media: Media,
): void {
  const { diagnostics } = context;
  reportPositions(context, media);
  const isStream = media.codec === "events" || media.codec === "lines";
  if (isItemStream(media) || (!media.typedOnly && !isStream)) return;
  diagnostics.warning(
    "KT3113",
    media.origin,
    `the response body \`${media.type}\` of \`${operation.id}\` is typed only`,
    { help: "the handler gives bytes, a string or a stream, sent as it is" },
  );
}

function reportParam(
  context: EmitContext,
  operation: Operation,
  param: Param,
): void {
  const { diagnostics, model } = context;
  const what = `the parameter \`${param.name}\` of \`${operation.id}\``;
  reportWidth(context, param.schema, param.origin, what);
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

function reportWidth(
  context: EmitContext,
  schema: Schema | undefined,
  origin: Param["origin"],
  what: string,
): void {
  if (schema === undefined || !isTooWide(context, schema)) return;
  context.diagnostics.error(
    "KT3115",
    origin,
    `the schemas of ${what} refer to each other in more than 10,000 ways`,
    { help: "give it as JSON, or list the members that it can have" },
  );
}
