/** Room `security`: what a 401 or 403 says about the credentials it wants (RFC 9110 11.6.1, RFC 6750 3). */
import type { SecurityScheme } from "../contract/security.js";

/** Why a bearer token did not do. */
export type BearerError = "invalid_token" | "insufficient_scope";

/** The challenge of one scheme; none for TLS, which asks earlier. */
export function challengeOf(
  scheme: SecurityScheme,
  realm: string,
  scopes: readonly string[],
  error?: BearerError,
): string | undefined {
  switch (scheme.kind) {
    case "apiKey":
      return `ApiKey realm=${quote(realm)}, in=${quote(scheme.in)}, name=${quote(scheme.parameter)}`;
    case "http": {
      const name = scheme.scheme.toLowerCase();
      if (name === "bearer") return bearer(realm, [], error);
      if (name === "basic") {
        return `Basic realm=${quote(realm)}, charset="UTF-8"`;
      }
      return `${token(scheme.scheme)} realm=${quote(realm)}`;
    }
    case "oauth2":
    case "openIdConnect":
      return bearer(realm, scopes, error);
    case "mutualTLS":
      return undefined;
  }
}

function bearer(
  realm: string,
  scopes: readonly string[],
  error: BearerError | undefined,
): string {
  let challenge = `Bearer realm=${quote(realm)}`;
  if (error !== undefined) challenge += `, error="${error}"`;
  if (scopes.length > 0) challenge += `, scope=${quote(scopes.join(" "))}`;
  return challenge;
}

/** The document's text goes into a header: only what a quoted string may hold, in ASCII. */
function quote(text: string): string {
  const plain = text.replaceAll(/[^\x20-\x7e]/g, "?");
  return `"${plain.replaceAll(/["\\]/g, "\\$&")}"`;
}

function token(text: string): string {
  return text.replaceAll(/[^!#$%&'*+.^_`|~0-9A-Za-z-]/g, "-");
}
