/** Room `lint`: the `x-` vocabulary: every name that is read, and the objects on which it is (docs/extensions.md). */
import type { NodeKind } from "../load/document.js";

/** Each name may also be written with it, and nobody else means anything by such a name. */
export const PREFIX = "x-kontract-";

/** Inherited: the nearest of them counts. */
const ABOVE = ["operation", "pathItem", "tag", "document"] as const;
const ANYWHERE = [] as const;

const ENTRIES = {
  "x-audit": ABOVE,
  "x-caching": ABOVE,
  "x-cors": ["document"],
  "x-deprecated-reason": ["operation"],
  "x-deprecated-since": ABOVE,
  "x-envelope": ABOVE,
  "x-etag": ABOVE,
  "x-extensible-enum": ["schema"],
  "x-fields": ABOVE,
  "x-filter": ABOVE,
  "x-handler-group": ["operation"],
  "x-idempotency": ABOVE,
  "x-include": ABOVE,
  "x-internal": ANYWHERE,
  "x-invalidates": ["operation"],
  "x-item-schema": ["mediaType"],
  "x-jwt": ["securityScheme"],
  "x-last-modified": ABOVE,
  "x-links": ["response", "operation"],
  "x-links-style": ABOVE,
  "x-lint-ignore": ANYWHERE,
  "x-max-body": ["operation", "requestBody"],
  "x-pagination": ABOVE,
  "x-problem": ["response"],
  "x-problems": ["components", "document"],
  "x-rate-limit": ABOVE,
  "x-replaced-by": ["operation"],
  "x-sensitive": ["schema"],
  "x-sort": ABOVE,
  "x-stability-level": ["operation"],
  "x-stream": ["encoding"],
  "x-sunset": ABOVE,
  "x-timeout": ABOVE,
  "x-ts-type": ["schema"],
  "x-unknown-query": ABOVE,
  "x-versioning": ["document"],
  // Of others, read because they say the same.
  "x-dropshot-pagination": ABOVE,
  "x-fern-idempotency-headers": ABOVE,
  "x-fern-idempotent": ABOVE,
  "x-fern-pagination": ABOVE,
  "x-google-api-management": ABOVE,
  "x-google-management": ABOVE,
  "x-google-quota": ["operation"],
  "x-kong-plugin-rate-limiting": ABOVE,
  "x-ms-pageable": ABOVE,
  "x-ogen-operation-group": ["operation"],
  "x-openapi-router-controller": ["operation"],
  "x-rateLimit": ABOVE,
  "x-ratelimit": ABOVE,
  "x-speakeasy-pagination": ABOVE,
  "x-sunset-date": ABOVE,
  "x-yc-apigateway-rate-limit": ABOVE,
} as const satisfies Readonly<Record<`x-${string}`, readonly NodeKind[]>>;

export type ExtensionName = keyof typeof ENTRIES;

/** The objects on which each name is read; an empty list: on any. Builders name nothing that is not in here. */
export const VOCABULARY: ReadonlyMap<string, readonly NodeKind[]> = new Map(
  Object.entries(ENTRIES),
);

/** Names that are no slips although they look like one. */
export const NO_SLIPS: ReadonlySet<string> = new Set([
  "x-enum-names",
  "x-tags",
]);

/** The name without our prefix, where it has it. */
export function shortName(name: string): string {
  return name.startsWith(PREFIX) ? `x-${name.slice(PREFIX.length)}` : name;
}

/** Both spellings, the short one first. */
export function spellingsOf(
  name: ExtensionName,
): readonly [ExtensionName, string] {
  return [name, PREFIX + name.slice(2)];
}
