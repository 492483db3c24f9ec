/** Room `model`: parameters of an operation: those of the path item, overridden by its own, made fit for the path. */
import type { Origin } from "../lint/diagnostic.js";
import type { Json, JsonObject } from "../load/document.js";
import type { Param, Segment, Style } from "./api.js";
import { below } from "./below.js";
import { dereference, type Place } from "./dereference.js";
import type { HttpContext } from "./http-context.js";
import {
  isObject,
  listMember,
  member,
  objectMember,
  textMember,
} from "./member.js";
import type { Schema } from "./schema.js";

/** OpenAPI 3.x, parameter object: definitions of these headers are ignored. */
const ignoredHeaders: ReadonlySet<string> = new Set([
  "accept",
  "authorization",
  "content-type",
]);

const FORM = "application/x-www-form-urlencoded";

const defaultStyles = {
  path: "simple",
  query: "form",
  header: "simple",
  cookie: "form",
  querystring: "form",
} as const satisfies Record<Param["in"], Style>;

const allowedStyles: Record<Param["in"], readonly Style[]> = {
  path: ["simple", "label", "matrix"],
  query: ["form", "spaceDelimited", "pipeDelimited", "deepObject"],
  header: ["simple"],
  cookie: ["form", "cookie"],
  querystring: ["form"],
};

/** The node of a path item or operation that may list parameters. */
export type Holder = Pick<Place, "node" | "origin">;

export function buildParams(
  holders: Holder[],
  segments: Segment[],
  pathOrigin: Origin,
  context: HttpContext,
): Param[] {
  const params = new Map<string, Param>();
  for (const holder of holders) {
    const own = new Set<string>();
    for (const [index, value] of listMember(
      holder.node,
      "parameters",
    ).entries()) {
      const place = dereference(
        context.document,
        value,
        below(holder.origin, "parameters", index),
      );
      const param = place && buildParam(place, context);
      if (!param) continue;
      const key = `${param.in}:${param.in === "header" ? param.name.toLowerCase() : param.name}`;
      // Within one list the first stays; a list nearer to the operation wins.
      if (own.has(key)) continue;
      own.add(key);
      params.set(key, param);
    }
  }
  return fitToPath(params, segments, pathOrigin, context);
}

/** Variables in the order of the path, each declared; path parameters without a variable can never have a value. */
function fitToPath(
  params: Map<string, Param>,
  segments: Segment[],
  origin: Origin,
  context: HttpContext,
): Param[] {
  const variables = new Set(
    segments.flatMap(({ parts }) =>
      parts.flatMap((part) => (typeof part === "string" ? [] : part.variable)),
    ),
  );
  const undeclared = [...variables].filter(
    (name) => !params.has(`path:${name}`),
  );
  return [
    ...undeclared.map((name) => textParam(name, origin, context)),
    ...[...params.values()].filter(
      (param) => param.in !== "path" || variables.has(param.name),
    ),
  ];
}

function textParam(name: string, origin: Origin, context: HttpContext): Param {
  return {
    name,
    in: "path",
    required: true,
    style: "simple",
    explode: false,
    allowReserved: false,
    allowEmptyValue: false,
    schema: textSchema(origin, context),
    doc: {},
    origin,
  };
}

function buildParam(place: Place, context: HttpContext): Param | undefined {
  const { node, origin, doc } = place;
  const name = textMember(node, "name");
  const where = member(node, "in");
  if (name === undefined || !isLocation(where)) return undefined;
  if (where === "header" && ignoredHeaders.has(name.toLowerCase())) {
    return undefined;
  }
  const style = readStyle(place, where, name, context);
  const explode = member(node, "explode");
  const param: Param = {
    name,
    in: where,
    required: where === "path" || member(node, "required") === true,
    style,
    explode:
      typeof explode === "boolean"
        ? explode
        : style === "form" || style === "cookie",
    allowReserved: member(node, "allowReserved") === true,
    allowEmptyValue:
      where === "query" && member(node, "allowEmptyValue") === true,
    ...readable(name, where, place, context),
    doc,
    origin,
  };
  return param;
}

/** The schema of a parameter or header, from `schema` or from the one media type of `content`. */
export function buildValue(
  { node, origin }: Holder,
  context: HttpContext,
): { schema: Schema; content?: string } {
  const content = objectMember(node, "content");
  const type = content && Object.keys(content)[0];
  if (content === undefined || type === undefined) {
    return { schema: schemaOf(node, origin, context) };
  }
  const media = dereference(
    context.document,
    content[type],
    below(origin, "content", type),
  );
  return {
    schema: media
      ? schemaOf(media.node, media.origin, context)
      : context.schemas.build(true, origin),
    content: type.toLowerCase(),
  };
}

/** Media types in which a parameter can be read: JSON, text, and forms for a whole query string. */
function isReadable(content: string, where: Param["in"]): boolean {
  if (where === "querystring" && content === FORM) return true;
  return /[/+]json\s*(?:;|$)|^text\/plain\s*(?:;|$)/.test(content);
}

/** What cannot be read is a text, whatever its schema says of the value in that media type. */
function readable(
  name: string,
  where: Param["in"],
  place: Place,
  context: HttpContext,
): { schema: Schema; content?: string } {
  const value = buildValue(place, context);
  if (value.content === undefined || isReadable(value.content, where)) {
    return value;
  }
  context.diagnostics.warning(
    "KT3114",
    place.origin,
    `the parameter \`${name}\` in \`${value.content}\` is not read`,
    { help: "the handler gets its text, percent-decoded" },
  );
  return { ...value, schema: textSchema(place.origin, context) };
}

function textSchema(origin: Origin, context: HttpContext): Schema {
  return { ...context.schemas.build(true, origin), types: ["string"] };
}

function schemaOf(
  node: JsonObject,
  origin: Origin,
  context: HttpContext,
): Schema {
  const schema: Json = member(node, "schema") ?? true;
  return context.schemas.build(schema, below(origin, "schema"));
}

function readStyle(
  { node, origin }: Place,
  where: Param["in"],
  name: string,
  { diagnostics }: HttpContext,
): Style {
  const written = member(node, "style");
  const fallback = defaultStyles[where];
  if (written === undefined || isObject(written)) return fallback;
  const style = allowedStyles[where].find((each) => each === written);
  if (style !== undefined) return style;
  diagnostics.warning(
    "KT2101",
    below(origin, "style"),
    `parameter \`${name}\` in ${where} cannot have the style \`${String(written)}\`; read as \`${fallback}\``,
    { help: `use one of ${allowedStyles[where].join(", ")}` },
  );
  return fallback;
}

function isLocation(value: Json | undefined): value is Param["in"] {
  return typeof value === "string" && Object.hasOwn(defaultStyles, value);
}
