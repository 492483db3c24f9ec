/** Room `model`: whose budget a limit is about. */
import type { Json } from "../../load/document.js";
import type { Operation, SecurityScheme } from "../api.js";
import type { RateLimitKey } from "./rate-limit.js";

/** How others call the keys; without hyphens and underscores, in lower case. */
const NAMES: Readonly<
  Record<string, "principal" | "ip" | "apiKey" | "global" | "route">
> = {
  principal: "principal",
  user: "principal",
  consumer: "principal",
  client: "principal",
  ip: "ip",
  clientip: "ip",
  address: "ip",
  apikey: "apiKey",
  credential: "apiKey",
  global: "global",
  service: "global",
  all: "global",
  route: "route",
  operation: "route",
  endpoint: "route",
};

const EXPRESSION =
  /^\{?\$request\.(header|query|path|cookie)\.([^{}]{1,100})\}?$/;
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** Without one: who asks where that is known, else from where. */
export function buildRateLimitKey(
  written: Json | undefined,
  operation: Operation,
  schemes: readonly SecurityScheme[],
): RateLimitKey | { fault: string } {
  if (written === undefined) {
    return operation.security.some(({ schemes }) => schemes.length > 0)
      ? "principal"
      : "ip";
  }
  if (typeof written !== "string") return { fault: "its `key` is no text" };
  const plain = written.replaceAll(/[-_]/g, "").toLowerCase();
  const known = Object.hasOwn(NAMES, plain) ? NAMES[plain] : undefined;
  if (known === "apiKey") return apiKeyOf(operation, schemes);
  if (known !== undefined) return known;
  const [, place, name = ""] = EXPRESSION.exec(written) ?? [];
  switch (place) {
    case "header":
      return TOKEN.test(name)
        ? { in: "header", name: name.toLowerCase() }
        : { fault: "a header has no such name" };
    case "query":
    case "cookie":
      return { in: place, name };
    case "path":
      return operation.path.includes(`{${name}}`)
        ? { in: "path", name }
        : { fault: `the path \`${operation.path}\` has no \`${name}\`` };
    case undefined:
      break;
  }
  return /^\{?\$(request\.body|response)\b/.test(written)
    ? { fault: "its `key` is not known yet when the limit is checked" }
    : { fault: "its `key` is unknown" };
}

/** Where the key is sent: that of the first API key scheme, else the bearer token. */
function apiKeyOf(
  operation: Operation,
  schemes: readonly SecurityScheme[],
): RateLimitKey | { fault: string } {
  const names = operation.security.flatMap((each) =>
    each.schemes.map(({ name }) => name),
  );
  const used = schemes.filter(({ name }) => names.includes(name));
  for (const scheme of used) {
    if (scheme.kind === "apiKey") {
      const name =
        scheme.in === "header"
          ? scheme.parameter.toLowerCase()
          : scheme.parameter;
      return { in: scheme.in, name, secret: true };
    }
  }
  const isSent = used.some(({ kind }) => kind !== "mutualTLS");
  return isSent
    ? { in: "header", name: "authorization", secret: true }
    : { fault: "the operation asks for no credential" };
}
