/** Room `contract`: security schemes, what operations require of them, and the functions that users give for them. */
import type { RouterContext } from "@koa/router";
import type { PrincipalOf } from "./principal-of.js";

/** One security scheme of the document. */
export type SecurityScheme =
  | {
      readonly kind: "apiKey";
      readonly in: "header" | "query" | "cookie";
      readonly parameter: string;
    }
  | { readonly kind: "http"; readonly scheme: string }
  | { readonly kind: "oauth2" }
  | { readonly kind: "openIdConnect" }
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

/** What an authenticator learns beside the credential. */
export interface AuthenticationContext {
  readonly scopes: readonly string[];
  readonly operationId: string;
  readonly ctx: RouterContext;
}

/** Turns a credential into a principal. `null` is 401; throwing `problem.forbidden()` is 403. */
export type Authenticator<Credential, Scheme extends string> = (
  credential: Credential,
  context: AuthenticationContext,
) => PrincipalOf<Scheme> | null | Promise<PrincipalOf<Scheme> | null>;
