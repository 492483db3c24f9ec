/** A request of an operation, from the examples that its document gives, else from samples. */
import type { Json, JsonObject } from "../../../generator/src/load/document.js";
import type {
  Api,
  Media,
  Operation,
  Param,
} from "../../../generator/src/model/api.js";
import { writeParam } from "../../../generator/src/probe/write-param.js";
import type { Sampler } from "../../../generator/src/sample/sample.js";
import { isObject } from "../../differential/any-value.js";
import { type AjvDocument, below } from "./ajv-document.js";
import { writeBody } from "./write-body.js";

export interface OwnRequest {
  method: string;
  target: string;
  headers: [string, string][];
  body?: Buffer;
  /** The values in it, and the places of their schemas in the bundle. */
  values: OwnValue[];
}

export interface OwnValue {
  what: string;
  schema: string;
  value: Json;
  isExample: boolean;
}

export interface RawOperation {
  pathItem: string;
  operation: string;
}

/** Where the operation stands in the bundle. */
export function findRaw(
  { paths }: { paths: Json | undefined },
  { path, method }: Operation,
  { resolve }: AjvDocument,
): RawOperation | undefined {
  if (!isObject(paths)) return undefined;
  for (const key of Object.keys(paths)) {
    if (key.replace(/[?#].*$/, "") !== path) continue;
    const pathItem = resolve(below("/paths", key))?.pointer ?? "";
    for (const place of [
      below(pathItem, method.toLowerCase()),
      below(pathItem, "additionalOperations", method),
    ]) {
      if (resolve(place)) return { pathItem, operation: place };
    }
  }
  return undefined;
}

/** In words, why there is none, where some part has no value or no text. */
export function ownRequest(
  operation: Operation,
  api: Api,
  raw: RawOperation,
  document: AjvDocument,
  sampler: Sampler,
  fromExamples: boolean,
): OwnRequest | string {
  const values: OwnValue[] = [];
  const places = { query: [], cookie: [], header: [] } as Record<
    string,
    string[]
  >;
  const headers: [string, string][] = [];
  const variables = new Map<string, string>();
  for (const param of operation.params) {
    const found = rawParameter(param, raw, document);
    const example =
      fromExamples && found ? exampleOf(found, document) : undefined;
    const shown = example !== undefined && writeParam(param, example);
    if (!param.required && !shown) continue;
    const value = shown ? example : sampler.sample(param.schema, "request");
    const text = value === undefined ? undefined : writeParam(param, value);
    if (value === undefined || text === undefined) {
      return `no text for ${param.in} parameter ${param.name}`;
    }
    const schema = found && schemaOf(found, param, document);
    if (schema !== undefined) {
      const what = `${param.in} ${param.name}`;
      values.push({ what, schema, value, isExample: Boolean(shown) });
    }
    if (param.in === "path") variables.set(param.name, text);
    else if (param.in === "header") {
      // a key is good for one request, and documents show the same one for all
      const isKey = /^idempotency-key$/i.test(param.name);
      headers.push([param.name, isKey ? `${text}-${operation.id}` : text]);
    } else if (text !== "") places[param.in]?.push(text);
  }
  for (const { name } of operation.security[0]?.schemes ?? []) {
    const scheme = api.security.find((each) => each.name === name);
    if (scheme?.kind !== "apiKey") {
      const own = scheme?.kind === "http" ? scheme.scheme : "Bearer";
      const credential = /^basic$/i.test(own)
        ? "Basic dGVzdDp0ZXN0"
        : `${own} test`;
      headers.push(["Authorization", credential]);
    } else if (scheme.in === "header") headers.push([scheme.parameter, "test"]);
    else {
      places[scheme.in]?.push(`${encodeURIComponent(scheme.parameter)}=test`);
    }
  }
  const { query = [], cookie = [] } = places;
  if (cookie.length > 0) headers.push(["Cookie", cookie.join("; ")]);
  const path = operation.segments.map(({ parts }) =>
    parts
      .map((part) =>
        typeof part === "string"
          ? encodeURIComponent(part)
          : (variables.get(part.variable) ?? "x"),
      )
      .join(""),
  );
  const request: OwnRequest = {
    method: operation.method,
    target: `/${path.join("/")}${query.length > 0 ? `?${query.join("&")}` : ""}`,
    headers,
    values,
  };
  const media = mediaOf(operation);
  if (media === undefined) return request;
  const own = fromExamples ? media.examples[0]?.value : undefined;
  const found = own ?? sampler.sample(media.schema, "request");
  if (found === undefined) return "no value for the body";
  const value = withoutTextless(media, found, sampler);
  const written = writeBody(media, value);
  if (written === undefined) return `no text for the body as ${media.type}`;
  headers.push(["Content-Type", written.type]);
  request.body = written.bytes;
  const schema = rawBody(media, raw, document);
  if (schema !== undefined) {
    values.push({ what: "body", schema, value, isExample: own !== undefined });
  }
  return request;
}

/** Members that no form can show are left out where they may be. */
function withoutTextless(media: Media, value: Json, sampler: Sampler): Json {
  if (!isObject(value) || writeBody(media, value) !== undefined) return value;
  const rest = Object.fromEntries(
    Object.entries(value).filter(
      ([name, member]) => writeBody(media, { [name]: member }) !== undefined,
    ),
  );
  return sampler.isValid(media.schema, rest, "request") ? rest : value;
}

/** JSON, else what has a codec, else the first. */
function mediaOf({ body, method }: Operation): Media | undefined {
  if (body === undefined || /^(?:GET|HEAD)$/.test(method)) return undefined;
  return (
    body.media.find(({ codec }) => codec === "json") ??
    body.media.find(({ typedOnly }) => !typedOnly) ??
    body.media[0]
  );
}

function rawParameter(
  param: Param,
  { pathItem, operation }: RawOperation,
  { resolve }: AjvDocument,
): { node: JsonObject; pointer: string } | undefined {
  for (const place of [operation, pathItem]) {
    const list = resolve(below(place, "parameters"))?.node;
    if (!Array.isArray(list)) continue;
    for (const at of list.keys()) {
      const found = resolve(below(place, "parameters", String(at)));
      if (!found || !isObject(found.node)) continue;
      const { name, in: where } = found.node;
      const isSame =
        param.in === "header"
          ? String(name).toLowerCase() === param.name.toLowerCase()
          : name === param.name;
      if (where === param.in && isSame) {
        return { node: found.node, pointer: found.pointer };
      }
    }
  }
  return undefined;
}

function exampleOf(
  { node, pointer }: { node: JsonObject; pointer: string },
  { resolve }: AjvDocument,
): Json | undefined {
  if (node["example"] !== undefined) return node["example"];
  const { examples } = node;
  if (isObject(examples)) {
    for (const name of Object.keys(examples)) {
      const found = resolve(below(pointer, "examples", name))?.node;
      if (isObject(found ?? null) && Object.hasOwn(Object(found), "value")) {
        return (found as JsonObject)["value"];
      }
    }
  }
  const schema = resolve(below(pointer, "schema"))?.node;
  if (schema === undefined || !isObject(schema)) return undefined;
  const { example, examples: list, default: fallback } = schema;
  return example ?? (Array.isArray(list) ? list[0] : undefined) ?? fallback;
}

function schemaOf(
  { pointer }: { pointer: string },
  { content }: Param,
  { resolve }: AjvDocument,
): string | undefined {
  const type = Object.keys(
    Object(resolve(below(pointer, "content"))?.node ?? {}) as object,
  )[0];
  const place =
    content === undefined || type === undefined
      ? below(pointer, "schema")
      : below(pointer, "content", type, "schema");
  return resolve(place) && place;
}

function rawBody(
  { type }: Media,
  { operation }: RawOperation,
  { resolve }: AjvDocument,
): string | undefined {
  const body = resolve(below(operation, "requestBody"))?.pointer;
  if (body === undefined) return undefined;
  const content = resolve(below(body, "content"))?.node;
  const key = Object.keys(Object(content) as object).find(
    (each) => each.toLowerCase() === type,
  );
  if (key === undefined) return undefined;
  const place = below(
    resolve(below(body, "content", key))?.pointer ?? "",
    "schema",
  );
  return resolve(place) && place;
}
