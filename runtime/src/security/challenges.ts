/** Room `security`: what a 401 or 403 says about the credentials it wants (RFC 9110 11.6.1, RFC 6750 3, RFC 9728 5.1). */
import type { SecurityScheme } from "../contract/security.js";

/** What all challenges of one router say. */
export interface Realm {
  readonly realm: string;
  /** URL of the protected resource's metadata. */
  readonly metadata: string | undefined;
}

/** Why a credential did not do. */
export interface ChallengeError {
  readonly code: "invalid_token" | "insufficient_scope";
  readonly description?: string | undefined;
}

/** The challenge of one scheme; none for TLS, which asks earlier. */
export function challengeOf(
  scheme: SecurityScheme,
  realm: Realm,
  scopes: readonly string[],
  error?: ChallengeError,
): string | undefined {
  const quoted = `realm=${quote(realm.realm)}`;
  switch (scheme.kind) {
    case "apiKey":
      return `ApiKey ${quoted}, in=${quote(scheme.in)}, name=${quote(scheme.parameter)}`;
    case "http": {
      const name = scheme.scheme.toLowerCase();
      if (name === "bearer") {
        // What is listed there are roles (OpenAPI 3.1 4.8.30), until a token falls short of them.
        const wanted = error?.code === "insufficient_scope" ? scopes : [];
        return bearer(realm, wanted, error);
      }
      if (name === "basic") return `Basic ${quoted}, charset="UTF-8"`;
      return `${token(scheme.scheme)} ${quoted}`;
    }
    case "oauth2":
    case "openIdConnect":
      return bearer(realm, scopes, error);
    case "mutualTLS":
      return undefined;
  }
}

function bearer(
  { realm, metadata }: Realm,
  scopes: readonly string[],
  error: ChallengeError | undefined,
): string {
  let challenge = `Bearer realm=${quote(realm)}`;
  if (error !== undefined) {
    challenge += `, error="${error.code}"`;
    if (error.description !== undefined) {
      challenge += `, error_description="${described(error.description)}"`;
    }
  }
  if (scopes.length > 0) challenge += `, scope=${quote(scopes.join(" "))}`;
  if (metadata !== undefined) {
    challenge += `, resource_metadata=${quote(metadata)}`;
  }
  return challenge;
}

/** RFC 6750 3: no quotes, no backslashes. */
function described(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/g, "?").replaceAll(/["\\]/g, "'");
}

/** The document's text goes into a header: only what a quoted string may hold, in ASCII. */
function quote(text: string): string {
  const plain = text.replaceAll(/[^\x20-\x7e]/g, "?");
  return `"${plain.replaceAll(/["\\]/g, "\\$&")}"`;
}

function token(text: string): string {
  return text.replaceAll(/[^!#$%&'*+.^_`|~0-9A-Za-z-]/g, "-");
}
