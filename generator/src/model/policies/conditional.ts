/** Room `model`: entity tags, dates and preconditions, from the headers and statuses that are declared (RFC 9110 13). */
import type { Answer, Operation } from "../api.js";
import { isObject, member } from "../member.js";
import type { Extension, PolicyPlace } from "./policy-place.js";
import { settledValue } from "./schema-fields.js";

export interface Conditional {
  etag?: "strong" | "weak" | { from: string[] };
  lastModified?: { from: string[] };
  writes?: true;
  required?: true;
}

export interface CacheHeaders {
  value?: string;
  cdn?: string;
  vary?: string[];
}

const READS = new Set(["GET", "HEAD", "QUERY"]);

/** Preconditions and keys of retries do not choose among answers. */
const NO_VARY =
  /^(?:if-.*|range|idempotency-key|x-request-id|traceparent|tracestate|prefer)$/;

export function buildConditional(
  place: PolicyPlace,
  operation: Operation,
): Conditional | undefined {
  return READS.has(operation.method)
    ? readConditional(place, operation)
    : writeConditional(operation);
}

function readConditional(
  place: PolicyPlace,
  operation: Operation,
): Conditional | undefined {
  const success = operation.answers.filter(isSuccess);
  const declares = (name: string): boolean =>
    success.some(({ headers }) =>
      headers.some((header) => header.name === name),
    );
  const hasNotModified = operation.answers.some(({ status }) => status === 304);
  const override = place.nearest("x-etag");
  const dated = place.nearest("x-last-modified");
  const isWanted =
    declares("etag") ||
    declares("last-modified") ||
    hasNotModified ||
    dated !== undefined;
  const conditional: Conditional = {};
  const etag = override && etagOf(place, override);
  if (override?.value === false) {
    if (!isWanted) return undefined;
  } else if (etag !== undefined) conditional.etag = etag;
  else if (declares("etag") || hasNotModified) conditional.etag = "strong";
  const from = dated && placeOf(place, dated);
  if (from !== undefined) conditional.lastModified = { from };
  return isWanted || etag !== undefined ? conditional : undefined;
}

function etagOf(
  place: PolicyPlace,
  extension: Extension,
): Conditional["etag"] | undefined {
  const { value } = extension;
  if (value === "strong" || value === "weak") return value;
  if (value === true) return "strong";
  if (value === false) return undefined;
  if (isObject(value)) {
    const from = placeOf(place, extension);
    return from && { from };
  }
  place.refuse(
    extension,
    "it is none of strong, weak and `{ from }`",
    "`{ from: $response.body#/version }` takes the tag from the answer",
  );
  return undefined;
}

/** `{ from: $response.body#/updatedAt }`. */
function placeOf(
  place: PolicyPlace,
  extension: Extension,
): string[] | undefined {
  const { value } = extension;
  const from = isObject(value) ? member(value, "from") : value;
  const [, path] =
    typeof from === "string"
      ? (/^(?:\$response\.body)?#?(\/.+)$/.exec(from) ?? [])
      : [];
  if (path !== undefined) {
    return path
      .split("/")
      .slice(1)
      .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
  }
  place.refuse(
    extension,
    "it names no place in the answer",
    "for example `{ from: $response.body#/updatedAt }`",
  );
  return undefined;
}

function writeConditional(operation: Operation): Conditional | undefined {
  const has = (status: number) =>
    operation.answers.some((answer) => answer.status === status);
  const reads = operation.params.some(
    ({ in: place, name }) =>
      place === "header" &&
      /^if-(?:match|none-match|unmodified-since)$/i.test(name),
  );
  if (has(428)) return { writes: true, required: true };
  return has(412) || reads ? { writes: true } : undefined;
}

/** For reads that say how long they hold, and for those that are kept. */
export function buildCacheHeaders(
  place: PolicyPlace,
  operation: Operation,
): CacheHeaders | undefined {
  if (!READS.has(operation.method)) return undefined;
  const declared = operation.answers
    .filter(isSuccess)
    .flatMap(({ headers }) => headers);
  const find = (wanted: string) => declared.find(({ name }) => name === wanted);
  const header = find("cache-control");
  const targeted = find("cdn-cache-control");
  const caching = place.nearest("x-caching");
  if (header === undefined && targeted === undefined) return undefined;
  const written = header && settledValue(header.schema, place.models);
  const cdn = targeted && settledValue(targeted.schema, place.models);
  const vary = new Set<string>();
  for (const param of operation.params) {
    if (param.in === "cookie") vary.add("Cookie");
    if (param.in === "header" && !NO_VARY.test(param.name.toLowerCase())) {
      vary.add(param.name);
    }
  }
  const headers: CacheHeaders = {};
  if (typeof written === "string") {
    const isPublic =
      isObject(caching?.value) && member(caching.value, "scope") === "public";
    const isOpen =
      operation.security.length === 0 ||
      operation.security.some(({ schemes }) => schemes.length === 0);
    const isSaid = /\b(?:private|public|no-store)\b/i.test(written);
    headers.value =
      isOpen || isPublic || isSaid ? written : `private, ${written}`;
  }
  if (typeof cdn === "string") headers.cdn = cdn;
  if (vary.size > 0) headers.vary = [...vary];
  return headers;
}

function isSuccess({ status }: Answer): boolean {
  return (
    status === "2XX" ||
    (typeof status === "number" && status >= 200 && status < 300)
  );
}
