/** Room `model`: what clients are told of an operation's end: RFC 9745, RFC 8594, and where to go instead. */
import type { Operation } from "../api.js";
import { member, objectMember, textMember } from "../member.js";
import type { Extension, PolicyPlace } from "./policy-place.js";

export interface Deprecation {
  /** Seconds since 1970 (RFC 9745). */
  since?: number;
  /** Seconds since 1970 (RFC 8594). */
  sunset?: number;
  links?: DeprecationLink[];
}

export interface DeprecationLink {
  rel: "deprecation" | "successor-version" | "sunset";
  /** A URI reference, or a path key whose variables are those of the deprecated path. */
  href: string;
}

const DAY = /^\d{4}-\d\d-\d\d$/;
const TIME =
  /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/;

export function buildDeprecation(
  place: PolicyPlace,
  { doc, path }: Operation,
): Deprecation | undefined {
  const deprecation: Deprecation = {};
  const since = dateOf(place, place.nearest("x-deprecated-since"));
  const ending = place.nearest("x-sunset", "x-sunset-date");
  const sunset = dateOf(place, ending);
  if (since !== undefined) deprecation.since = since;
  if (sunset !== undefined) deprecation.sunset = sunset;
  if (ending && since !== undefined && sunset !== undefined && sunset < since) {
    place.refuse(
      ending,
      "the operation would be gone before it is deprecated",
      "RFC 8594 section 3: the sunset is not earlier than the deprecation",
    );
    delete deprecation.sunset;
  }
  const links = linksOf(place, path);
  const told = since !== undefined || sunset !== undefined;
  if (links.length > 0 && (told || doc.deprecated === true)) {
    deprecation.links = links;
  }
  // Without a date there is nothing to say, but calls are counted all the same.
  return told || doc.deprecated === true ? deprecation : undefined;
}

function dateOf(
  place: PolicyPlace,
  extension: Extension | undefined,
): number | undefined {
  if (extension === undefined) return undefined;
  const { value } = extension;
  const isDate =
    typeof value === "string" && (DAY.test(value) || TIME.test(value));
  const time = isDate ? Date.parse(value) : Number.NaN;
  if (Number.isFinite(time)) return Math.floor(time / 1000);
  place.refuse(
    extension,
    "it is no date",
    "write an RFC 3339 date or time: `2026-12-31`",
  );
  return undefined;
}

function linksOf(place: PolicyPlace, path: string): DeprecationLink[] {
  const links: DeprecationLink[] = [];
  const docs = objectMember(place.operation.node, "externalDocs");
  const url = docs && textMember(docs, "url");
  const isDeprecated = member(place.operation.node, "deprecated") === true;
  if (url !== undefined && isDeprecated) {
    links.push({ rel: "deprecation", href: url });
  }
  const successor = place.own("x-replaced-by");
  if (successor !== undefined) {
    const href = successorHref(place, successor, path);
    if (href !== undefined) links.push({ rel: "successor-version", href });
  }
  return links;
}

/** An operationId, or a URI reference: what has a slash or a scheme is the latter. */
function successorHref(
  place: PolicyPlace,
  successor: Extension,
  path: string,
): string | undefined {
  const { value } = successor;
  if (typeof value !== "string" || value === "") {
    place.refuse(
      successor,
      "it is no operationId and no URL",
      "name the operation that takes over",
    );
    return undefined;
  }
  if (/[/:]/.test(value)) return value;
  const operation = place.operations.get(value);
  if (operation === undefined) {
    place.refuse(
      successor,
      `there is no operation \`${value}\``,
      "name the operationId of the operation that takes over, or its URL",
    );
    return undefined;
  }
  const known = new Set(variablesOf(path));
  const missing = variablesOf(operation.path).find((name) => !known.has(name));
  if (missing === undefined) return operation.path;
  place.refuse(
    successor,
    `a request for \`${path}\` does not tell the \`${missing}\` of \`${operation.path}\``,
    "the successor's path may have only variables of the deprecated one; else give a URL",
  );
  return undefined;
}

function variablesOf(path: string): string[] {
  return Array.from(path.matchAll(/\{([^{}]*)\}/g), ([, name = ""]) => name);
}
