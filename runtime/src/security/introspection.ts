/** Room `security`: tokens that only the authorization server can judge (RFC 7662). */
import {
  allowInsecureRequests,
  ClientSecretBasic,
  ClientSecretPost,
  customFetch,
  introspectionRequest,
  type IntrospectionResponse,
  processIntrospectionResponse,
} from "oauth4webapi";
import { type Now, wallClock } from "../contract/clock.js";
import type { AuthenticationContext } from "../contract/security.js";
import { problem } from "../errors/problem.js";
import { boundedCache, deepFreeze } from "./bounded-cache.js";
import type { Fetch } from "./fetch-json.js";
import { authorizationServer, loopback } from "./authorization-server.js";
import { demandScopes, scopesOf } from "./token-scopes.js";

/** What the server says of an active token (RFC 7662 2.2). */
export type Introspection = Readonly<IntrospectionResponse>;

/** What `principal` makes when it is not given. */
export interface OAuthPrincipal {
  /** `sub`, else `client_id`. */
  readonly id: string;
  readonly scopes: readonly string[];
  readonly token: Introspection;
}

export interface IntrospectionOptions<Principal> {
  /** The authorization server; its metadata (RFC 8414) names the endpoint when `endpoint` does not. */
  readonly issuer: string;
  readonly endpoint?: string;
  /** How this service makes itself known (RFC 7662 2.1): `client_secret_basic` when not told otherwise. */
  readonly client: {
    readonly id: string;
    readonly secret: string;
    readonly method?: "client_secret_basic" | "client_secret_post";
  };
  /** One of the token's `aud` has to be this. */
  readonly audience?: string;
  /** Answers that are kept, and for how many seconds at most, never beyond `exp`: 1,000 and 30. `false` keeps none. */
  readonly cache?:
    false | { readonly entries?: number; readonly seconds?: number };
  /** Milliseconds for one question; 5,000. */
  readonly timeout?: number;
  /** Default: `{ id, scopes, token }`, and `null` without `sub` and `client_id`. */
  readonly principal?: (
    token: Introspection,
    scopes: readonly string[],
    context: AuthenticationContext,
  ) => Principal | null | Promise<Principal | null>;
  readonly fetch?: Fetch;
  readonly now?: Now;
}

/** An authenticator for bearer tokens. */
export type TokenAuthenticator<Principal> = (
  token: string,
  context: AuthenticationContext,
) => Promise<Principal | null>;

/** Longer tokens are nobody's. */
const LENGTH = 16 * 1024;

/** Seconds for which a refused token is not asked about again. */
const REFUSED = 5;

/** Asks the authorization server about each token. An inactive one is 401, a missing scope 403; 503 while the server cannot be asked. */
export function introspection(
  options: IntrospectionOptions<never>,
): TokenAuthenticator<OAuthPrincipal>;
export function introspection<Principal>(
  options: IntrospectionOptions<Principal>,
): TokenAuthenticator<Principal>;
export function introspection(
  options: IntrospectionOptions<unknown>,
): TokenAuthenticator<unknown> {
  const { cache, now = wallClock, principal = subject } = options;
  const seconds = cache === false ? 0 : (cache?.seconds ?? 30);
  const known = boundedCache<Introspection>(
    cache === false ? 0 : (cache?.entries ?? 1_000),
    now,
  );
  const ask = asker(options);
  return async (token, context) => {
    if (token.length > LENGTH) return null;
    let answer = known.get(token);
    if (answer === undefined) {
      answer = deepFreeze(await ask(token));
      const kept = Math.min(
        seconds,
        isActive(answer, options, now()) ? seconds : REFUSED,
      );
      const { exp = Infinity } = answer;
      known.set(token, answer, Math.min(now() + kept * 1_000, exp * 1_000));
    }
    if (!isActive(answer, options, now())) return null;
    const scopes = scopesOf(answer);
    demandScopes(scopes, context.scopes);
    return principal(answer, scopes, context);
  };
}

function subject(
  token: Introspection,
  scopes: readonly string[],
): OAuthPrincipal | null {
  const id = token.sub ?? token.client_id;
  return id === undefined || id === "" ? null : { id, scopes, token };
}

/** The server's word, and what it says of the token besides. */
function isActive(
  { active, exp, nbf, iss, aud, token_type: type }: Introspection,
  { audience, issuer }: IntrospectionOptions<unknown>,
  now: number,
): boolean {
  if (!active) return false;
  if (exp !== undefined && exp * 1_000 <= now) return false;
  if (nbf !== undefined && nbf * 1_000 > now) return false;
  if (iss !== undefined && iss !== issuer) return false;
  // A refresh token is active as well, and nobody's to show here (RFC 7662 4).
  if (type !== undefined && !/^(?:bearer|access_token)$/i.test(type))
    return false;
  return audience === undefined || [aud].flat().includes(audience);
}

function asker(
  options: IntrospectionOptions<unknown>,
): (token: string) => Promise<Introspection> {
  const { client, timeout = 5_000, fetch = globalThis.fetch } = options;
  const server = authorizationServer(options);
  const authentication =
    client.method === "client_secret_post"
      ? ClientSecretPost(client.secret)
      : ClientSecretBasic(client.secret);
  const identity = { client_id: client.id };
  return async (token) => {
    try {
      const metadata = await server();
      const response = await introspectionRequest(
        metadata,
        identity,
        authentication,
        token,
        {
          additionalParameters: { token_type_hint: "access_token" },
          signal: AbortSignal.timeout(timeout),
          [customFetch]: (url: string, init: RequestInit) =>
            fetch(url, {
              ...init,
              redirect: "error",
              signal: AbortSignal.timeout(timeout),
            }),
          [allowInsecureRequests]: loopback(
            metadata.introspection_endpoint ?? "",
          ),
        },
      );
      return await processIntrospectionResponse(metadata, identity, response);
    } catch (cause) {
      throw problem.serviceUnavailable(
        { detail: "credentials cannot be verified at the moment" },
        { cause, headers: { "Retry-After": 5 } },
      );
    }
  };
}
