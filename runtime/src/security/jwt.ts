/** Room `security`: bearer tokens that are JSON Web Tokens (RFC 7519, RFC 8725; access tokens of RFC 9068). */
import {
  createLocalJWKSet,
  errors,
  type JWK,
  jwtVerify,
  type JWTPayload,
  type JWTVerifyGetKey,
  type JWTVerifyOptions,
} from "jose";
import { type Now, wallClock } from "../contract/clock.js";
import type {
  AuthenticationContext,
  JwtFacts,
  Prepared,
  SecurityScheme,
} from "../contract/security.js";
import { problem } from "../errors/problem.js";
import {
  type BoundedCache,
  boundedCache,
  deepFreeze,
} from "./bounded-cache.js";
import { discoverProvider } from "./discovery.js";
import type { Fetch } from "./fetch-json.js";
import { type SettledFacts, settleFacts } from "./jwt-facts.js";
import {
  KeysUnavailableError,
  type KeySetTimes,
  remoteKeySet,
} from "./key-set.js";
import { demandScopes, scopesOf } from "./token-scopes.js";

/** The claims of a verified token. */
export type Claims = Readonly<JWTPayload>;

/** What `principal` makes when it is not given. */
export interface JwtPrincipal {
  /** `sub`. */
  readonly id: string;
  readonly scopes: readonly string[];
  readonly claims: Claims;
}

export interface JwtOptions<Principal> extends JwtFacts, Partial<KeySetTimes> {
  /** The issuer's public keys, for issuers that publish none. */
  readonly keys?: readonly JWK[];
  /** The secret of HS256 and its kin; 32 bytes at least. */
  readonly secret?: Uint8Array;
  /** Values for `{key}` in the document's `x-jwt`. */
  readonly config?: Readonly<Record<string, string | undefined>>;
  /** `typ` of the header. With `at+jwt` the claims of RFC 9068 2.2 must be there as well. */
  readonly typ?: string;
  /** Seconds that clocks may differ; 5. */
  readonly clockTolerance?: number;
  /** Seconds since `iat`. */
  readonly maxTokenAge?: number;
  /** Verdicts that are kept, and for how many seconds at most, never beyond `exp`: 1,000 and 60. `false` keeps none. */
  readonly cache?:
    false | { readonly entries?: number; readonly seconds?: number };
  /** Default: `{ id, scopes, claims }`, and `null` without `sub`. `null` refuses the token. */
  readonly principal?: (
    claims: Claims,
    scopes: readonly string[],
    context: AuthenticationContext,
  ) => Principal | null | Promise<Principal | null>;
  readonly fetch?: Fetch;
  readonly now?: Now;
}

/** An authenticator for schemes of type http `bearer`, `oauth2` and `openIdConnect`. */
export type BearerAuthenticator<Principal> = Prepared &
  ((
    token: string,
    context: AuthenticationContext,
  ) => Promise<Principal | null>);

/** Reads no longer tokens: no issuer makes them. */
const LENGTH = 16 * 1024;

const ACCESS_TOKEN = ["sub", "client_id", "iat", "jti"];

interface Verifier {
  readonly facts: SettledFacts;
  readonly verify: (token: string) => Promise<Claims>;
  readonly cache: BoundedCache<Claims> | undefined;
}

/**
 * Verifies signature, `exp`, `nbf`, `iss`, `aud` and scopes. What is not given comes from the scheme's `x-jwt`, and the
 * keys of `openIdConnect` from its URL. A bad token is 401, a missing scope 403; 503 while keys cannot be had at all.
 */
export function jwt(
  options?: JwtOptions<never>,
): BearerAuthenticator<JwtPrincipal>;
export function jwt<Principal>(
  options: JwtOptions<Principal>,
): BearerAuthenticator<Principal>;
export function jwt(
  options: JwtOptions<unknown> = {},
): BearerAuthenticator<unknown> {
  const verifiers = new Map<string, Verifier>();
  const verifierOf = (name: string, scheme: SecurityScheme): Verifier => {
    const known = verifiers.get(name);
    if (known !== undefined) return known;
    const made = createVerifier(name, scheme, options);
    verifiers.set(name, made);
    return made;
  };
  const { principal = subject, now = wallClock } = options;
  const authenticate = async (
    token: string,
    context: AuthenticationContext,
  ): Promise<unknown> => {
    const { cache, verify } = verifierOf(context.name, context.scheme);
    let claims = cache?.get(token);
    if (claims === undefined) {
      claims = deepFreeze(await verify(token));
      cache?.set(token, claims, validUntil(claims, options, now));
    }
    const scopes = scopesOf(claims);
    demandScopes(scopes, context.scopes);
    return principal(claims, scopes, context);
  };
  return Object.assign(authenticate, {
    prepare(name: string, scheme: SecurityScheme) {
      verifierOf(name, scheme);
    },
  });
}

function subject(
  claims: Claims,
  scopes: readonly string[],
): JwtPrincipal | null {
  const { sub } = claims;
  if (typeof sub !== "string" || sub === "") return null;
  return { id: sub, scopes, claims };
}

function validUntil(
  { exp = 0, iat = 0 }: Claims,
  { clockTolerance = 5, maxTokenAge, cache }: JwtOptions<unknown>,
  now: Now,
): number {
  const seconds = cache === false ? 0 : (cache?.seconds ?? 60);
  return Math.min(
    now() + seconds * 1_000,
    (exp + clockTolerance) * 1_000,
    maxTokenAge === undefined
      ? Infinity
      : (iat + maxTokenAge + clockTolerance) * 1_000,
  );
}

function createVerifier(
  name: string,
  scheme: SecurityScheme,
  options: JwtOptions<unknown>,
): Verifier {
  const { keys, secret, cache, now = wallClock, clockTolerance = 5 } = options;
  if (keys !== undefined && secret !== undefined) {
    throw new Error(`jwt for ${name}: either \`keys\` or \`secret\``);
  }
  const kind =
    secret !== undefined ? "secret" : keys === undefined ? "none" : "public";
  const facts = settleFacts(name, scheme, {
    ...options,
    keys: kind,
    secretLength: secret?.byteLength ?? 0,
  });
  const provider = providerOf(facts, options);
  const getKey: Uint8Array | JWTVerifyGetKey =
    secret ??
    (keys === undefined
      ? remoteKeySet(provider.jwksUri, timesOf(options), fetchOf(options), now)
      : createLocalJWKSet({ keys: [...keys] }));
  const { typ, maxTokenAge } = options;
  const isAccessToken =
    typ?.toLowerCase().replace("application/", "") === "at+jwt";
  return {
    facts,
    cache:
      cache === false ? undefined : boundedCache(cache?.entries ?? 1_000, now),
    async verify(token) {
      try {
        if (token.length > LENGTH) throw new errors.JWTInvalid("too long");
        return await verified(token, getKey, {
          algorithms: facts.algorithms,
          audience: facts.audience,
          issuer: await provider.issuer(),
          requiredClaims: ["exp", ...(isAccessToken ? ACCESS_TOKEN : [])],
          clockTolerance,
          currentDate: new Date(now()),
          ...(typ !== undefined && { typ }),
          ...(maxTokenAge !== undefined && { maxTokenAge }),
        });
      } catch (error) {
        throw refusalOf(error);
      }
    },
  };
}

/** A token without `kid` may have been signed with any of the keys of its kind. */
async function verified(
  token: string,
  key: Uint8Array | JWTVerifyGetKey,
  options: JWTVerifyOptions,
): Promise<Claims> {
  try {
    const { payload } =
      key instanceof Uint8Array
        ? await jwtVerify(token, key, options)
        : await jwtVerify(token, key, options);
    return payload;
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error;
    for await (const each of error) {
      try {
        return (await jwtVerify(token, each, options)).payload;
      } catch (again) {
        if (!(again instanceof errors.JWSSignatureVerificationFailed)) {
          throw again;
        }
      }
    }
    throw new errors.JWSSignatureVerificationFailed();
  }
}

/** What a client may know of why (RFC 6750 3.1); the rest is nobody's business. */
function refusalOf(error: unknown): unknown {
  if (error instanceof KeysUnavailableError) {
    return problem.serviceUnavailable(
      { detail: "credentials cannot be verified at the moment" },
      { cause: error, headers: { "Retry-After": 5 } },
    );
  }
  let detail = "the token cannot be verified";
  if (error instanceof errors.JWTExpired) detail = "the token has expired";
  else if (error instanceof errors.JWTClaimValidationFailed) {
    detail = `the token's ${error.claim} is not what it should be`;
  }
  return problem.unauthorized({ detail }, { cause: error });
}

interface Provider {
  jwksUri(): Promise<string>;
  issuer(): Promise<string>;
}

/** The options', or as the OpenID provider describes itself. */
function providerOf(
  { issuer, jwksUri, discovery }: SettledFacts,
  options: JwtOptions<unknown>,
): Provider {
  if (discovery === undefined) {
    return {
      jwksUri: () => Promise.resolve(jwksUri ?? ""),
      issuer: () => Promise.resolve(issuer ?? ""),
    };
  }
  const discover = discoverProvider(
    discovery,
    issuer,
    timesOf(options).timeout,
    fetchOf(options),
    options.now ?? wallClock,
  );
  return {
    jwksUri: async () => (await discover()).jwksUri,
    issuer: async () => issuer ?? (await discover()).issuer,
  };
}

function timesOf(options: JwtOptions<unknown>): KeySetTimes {
  return {
    maxAge: options.maxAge ?? 600_000,
    cooldown: options.cooldown ?? 30_000,
    maxStale: options.maxStale ?? 3_600_000,
    timeout: options.timeout ?? 5_000,
  };
}

function fetchOf({ fetch = globalThis.fetch }: JwtOptions<unknown>): Fetch {
  return fetch;
}
