/** Room `contract`: security schemes, what operations require of them, and the functions that users give for them. */
import type { PeerCertificate } from "node:tls";
import type { RouterContext } from "@koa/router";
import type { PrincipalOf } from "./principal-of.js";
import type { SecurityEventName } from "./security-event.js";

/** What `x-jwt` says of a scheme's tokens. A value in braces, `{issuer}`, is a key of the authenticator's `config`. */
export interface JwtFacts {
  readonly issuer?: string;
  readonly audience?: string | readonly string[];
  readonly jwksUri?: string;
  readonly algorithms?: readonly string[];
}

/** One security scheme of the document. */
export type SecurityScheme =
  | {
      readonly kind: "apiKey";
      readonly in: "header" | "query" | "cookie";
      readonly parameter: string;
    }
  | {
      readonly kind: "http";
      readonly scheme: string;
      readonly jwt?: JwtFacts;
    }
  | { readonly kind: "oauth2"; readonly jwt?: JwtFacts }
  | {
      readonly kind: "openIdConnect";
      /** `openIdConnectUrl`: where the provider describes itself. */
      readonly url?: string;
      readonly jwt?: JwtFacts;
    }
  | { readonly kind: "mutualTLS" };

/** The document's schemes by name. */
export type SecuritySchemes = Readonly<Record<string, SecurityScheme>>;

/** Schemes that must hold together, with their scopes; `{}` lets anonymous requests in. */
export type SecurityRequirement = Readonly<Record<string, readonly string[]>>;

/** The credential of http `basic`. */
export interface BasicCredential {
  readonly username: string;
  readonly password: string;
}

/** The credential of `mutualTLS`: the client's certificate, which the TLS socket has verified. */
export type ClientCertificate = PeerCertificate;

/** What an authenticator learns beside the credential. */
export interface AuthenticationContext {
  readonly scopes: readonly string[];
  readonly operationId: string;
  readonly ctx: RouterContext;
  /** Name and description of the scheme whose credential it is. */
  readonly name: string;
  readonly scheme: SecurityScheme;
  /** Writes to the log of security events. Never give it a secret. */
  report(
    event: SecurityEventName,
    fields?: Readonly<Record<string, unknown>>,
  ): void;
}

/** What a ready-made authenticator is asked at start, for each scheme that it is given for; throws when it cannot serve it. */
export interface Prepared {
  prepare(name: string, scheme: SecurityScheme): void;
}

/**
 * Turns a credential into a principal. `null` is 401, and so is throwing `problem.unauthorized({ detail })`, which tells
 * why; throwing `problem.forbidden()` is 403.
 */
export type Authenticator<Credential, Scheme extends string> = (
  credential: Credential,
  context: AuthenticationContext,
) => PrincipalOf<Scheme> | null | Promise<PrincipalOf<Scheme> | null>;
