/** Room `emit`: says, with places, what the output shows in types but does not enforce or serve. */
import { type Diagnostic, Diagnostics } from "../lint/diagnostic.js";
import type { Codec, Media, Operation, Param } from "../model/api.js";
import type { Schema } from "../model/schema.js";
import type { Layout } from "../name/layout.js";
import type { EmitContext } from "./context.js";
import { isItemStream } from "./item-stream.js";
import { isTooWide } from "./param/shape.js";
import { undefinedStyle } from "./param/undefined-style.js";
import { planBody } from "./body-plan.js";
import { hasOwnAssertions } from "./check/scope.js";

/** Read in requests; in answers streams are written item by item, and the others by nobody. */
const NOT_WRITTEN: ReadonlySet<Codec> = new Set([
  "events",
  "lines",
  "form",
  "multipart",
]);

type Reporting = Pick<EmitContext, "layout" | "diagnostics" | "model">;

/** The same of what is not emitted, since the document has errors. */
export function typedOnlyOf(layout: Layout): Diagnostic[] {
  const diagnostics = new Diagnostics();
  const { models } = layout.api;
  reportTypedOnly({
    layout,
    diagnostics,
    model(id) {
      const model = models.get(id);
      if (model === undefined) throw new Error(`no model ${id}`);
      return model;
    },
  });
  return diagnostics.list;
}

export function reportTypedOnly(context: Reporting): void {
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
  context: Reporting,
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

function reportPositions({ diagnostics }: Reporting, media: Media): void {
  if (media.positions === undefined) return;
  diagnostics.warning(
    "KT3103",
    media.origin,
    `parts of \`${media.type}\` by position are typed only`,
    { help: "describe them in a multipart request body" },
  );
}

function reportAnswer(
  context: Reporting,
  operation: Operation,
  media: Media,
): void {
  const { diagnostics } = context;
  reportPositions(context, media);
  const isWritten =
    isItemStream(media) || (!media.typedOnly && !NOT_WRITTEN.has(media.codec));
  if (isWritten) return;
  diagnostics.warning(
    "KT3113",
    media.origin,
    `the response body \`${media.type}\` of \`${operation.id}\` is typed only`,
    { help: "the handler gives bytes, a string or a stream, sent as it is" },
  );
}

function reportParam(
  context: Reporting,
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
  context: Reporting,
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
