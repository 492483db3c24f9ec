/** Room `lint`: the names of the `x-` vocabulary, in one list (docs/extensions.md). */

/** Each may also be written with the prefix `x-kontract-`. */
export const EXTENSION_NAMES: readonly string[] = [
  "x-audit",
  "x-caching",
  "x-cors",
  "x-deprecated-reason",
  "x-deprecated-since",
  "x-envelope",
  "x-etag",
  "x-extensible-enum",
  "x-fields",
  "x-filter",
  "x-handler-group",
  "x-idempotency",
  "x-include",
  "x-internal",
  "x-invalidates",
  "x-item-schema",
  "x-jwt",
  "x-last-modified",
  "x-links",
  "x-links-style",
  "x-lint-ignore",
  "x-max-body",
  "x-pagination",
  "x-problem",
  "x-problems",
  "x-rate-limit",
  "x-replaced-by",
  "x-sensitive",
  "x-sort",
  "x-stability-level",
  "x-sunset",
  "x-timeout",
  "x-ts-type",
  "x-unknown-query",
  "x-versioning",
];

/** Names of others that are read, too, or are no slips although they look like one. */
export const FOREIGN_NAMES: ReadonlySet<string> = new Set([
  "x-enum-names",
  "x-sunset-date",
  "x-tags",
]);

export const PREFIX = "x-kontract-";
