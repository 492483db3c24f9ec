/** Room `probe`: requests of an operation: valid ones, and ones with a single fault. */
import type { Json } from "../load/document.js";
import type { Api, Media, Operation, Param } from "../model/api.js";
import type { Sampler } from "../sample/sample.js";
import { writeParam } from "./write-param.js";

export interface ProbeRequest {
  operation: Operation;
  method: string;
  /** Path and query. */
  target: string;
  headers: [string, string][];
  body?: string;
  /** The keyword that it breaks; absent: it is valid. */
  breaks?: string;
}

/** Values by parameter. */
type Values = Map<Param, Json>;

/** Undefined where some part has no value that could be sent. */
export function validRequest(
  operation: Operation,
  api: Api,
  sampler: Sampler,
  random: () => number,
): ProbeRequest | undefined {
  const values: Values = new Map();
  for (const param of operation.params) {
    if (!param.required && random() < 0.5) continue;
    const value = sampler.vary(param.schema, "request", random);
    if (value !== undefined && writeParam(param, value)) {
      values.set(param, value);
    } else if (param.required) return undefined;
  }
  const body = bodyOf(operation);
  if (body === undefined) return print(operation, api, values);
  const value = sampler.vary(body.schema, "request", random);
  if (value === undefined) return undefined;
  return print(operation, api, values, {
    media: body,
    text: JSON.stringify(value),
  });
}

/** Each has one fault, in a request that is valid otherwise. */
export function* faultyRequests(
  operation: Operation,
  api: Api,
  sampler: Sampler,
): Generator<ProbeRequest> {
  const values: Values = new Map();
  for (const param of operation.params) {
    if (!param.required) continue;
    const value = sampler.sample(param.schema, "request");
    if (value === undefined || !writeParam(param, value)) return;
    values.set(param, value);
  }
  const media = bodyOf(operation);
  const value = media && sampler.sample(media.schema, "request");
  if (media && value === undefined) return;
  const body = media && { media, text: JSON.stringify(value) };
  for (const param of operation.params) {
    if (param.required && (param.in === "query" || param.in === "header")) {
      const others = new Map([...values].filter(([each]) => each !== param));
      yield { ...print(operation, api, others, body), breaks: "required" };
    }
    const { types } = param.schema;
    const isNumber = types?.every((type) => /^(?:integer|number)$/.test(type));
    if (types && isNumber && param.content === undefined) {
      const others: Values = new Map([...values, [param, "no-number"]]);
      yield { ...print(operation, api, others, body), breaks: "type" };
    }
  }
  if (media === undefined || value === undefined) return;
  yield {
    ...print(operation, api, values, { media, text: "{" }),
    breaks: "syntax",
  };
  for (const { keyword, changed } of faultyValues(value)) {
    if (sampler.isValid(media.schema, changed, "request")) continue;
    const text = JSON.stringify(changed);
    yield {
      ...print(operation, api, values, { media, text }),
      breaks: keyword,
    };
  }
}

const OTHERS: readonly Json[] = [
  null,
  "",
  "x".repeat(10_000),
  -1e15,
  1e15,
  0.5,
  true,
  [],
  {},
];

/** Values near a valid one; some of them are valid, too. */
function* faultyValues(
  value: Json,
): Generator<{ keyword: string; changed: Json }> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    for (const changed of OTHERS) yield { keyword: "value", changed };
    return;
  }
  const members = Object.entries(value);
  for (const [name] of members) {
    const rest = members.filter(([each]) => each !== name);
    yield { keyword: `required ${name}`, changed: Object.fromEntries(rest) };
    for (const other of OTHERS) {
      const changed = Object.fromEntries([...rest, [name, other]]);
      yield { keyword: `value of ${name}`, changed };
    }
  }
  yield { keyword: "type", changed: [value] };
}

function bodyOf({ body, method }: Operation): Media | undefined {
  if (/^(?:GET|HEAD)$/.test(method)) return undefined;
  return body?.media.find(({ codec }) => codec === "json");
}

function print(
  operation: Operation,
  { security }: Api,
  values: Values,
  body?: { media: Media; text: string },
): ProbeRequest {
  const headers: [string, string][] = [];
  const query: string[] = [];
  const cookies: string[] = [];
  const variables = new Map<string, string>();
  for (const [param, value] of values) {
    const text = writeParam(param, value) ?? "";
    if (param.in === "path") variables.set(param.name, text);
    else if (param.in === "header") headers.push([param.name, text]);
    else if (param.in === "cookie") cookies.push(text);
    else if (text !== "") query.push(text);
  }
  for (const { name } of operation.security[0]?.schemes ?? []) {
    const scheme = security.find((each) => each.name === name);
    if (scheme?.kind === "apiKey") {
      const { in: place, parameter } = scheme;
      if (place === "header") headers.push([parameter, "test"]);
      else if (place === "cookie") cookies.push(`${parameter}=test`);
      else query.push(`${encodeURIComponent(parameter)}=test`);
    } else if (scheme?.kind === "http" && /^basic$/i.test(scheme.scheme)) {
      headers.push(["Authorization", "Basic dGVzdDp0ZXN0"]);
    } else if (scheme) headers.push(["Authorization", "Bearer test"]);
  }
  if (cookies.length > 0) headers.push(["Cookie", cookies.join("; ")]);
  if (body) headers.push(["Content-Type", body.media.type]);
  const path = operation.segments
    .map(({ parts }) =>
      parts
        .map((part) =>
          typeof part === "string"
            ? encodeURIComponent(part)
            : (variables.get(part.variable) ?? "x"),
        )
        .join(""),
    )
    .join("/");
  return {
    operation,
    method: operation.method,
    target: `/${path}${query.length > 0 ? `?${query.join("&")}` : ""}`,
    headers,
    ...(body && { body: body.text }),
  };
}
