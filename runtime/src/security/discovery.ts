/** Room `security`: how an OpenID provider describes itself (OpenID Connect Discovery 1.0 section 4). */
import type { Now } from "../contract/clock.js";
import { type Fetch, fetchText, secureUrl } from "./fetch-json.js";
import { KeysUnavailableError, RETRY } from "./key-set.js";

export interface OpenIdProvider {
  readonly issuer: string;
  readonly jwksUri: string;
}

const WELL_KNOWN = "/.well-known/openid-configuration";

/** Asked once; after a failure again, five seconds later. The issuer must be the one that was expected (section 4.3). */
export function discoverProvider(
  url: string,
  issuer: string | undefined,
  timeout: number,
  fetch: Fetch,
  now: Now,
): () => Promise<OpenIdProvider> {
  let known: Promise<OpenIdProvider> | undefined;
  let tried = -Infinity;
  return () => {
    if (known !== undefined) return known;
    if (now() - tried < RETRY) {
      return Promise.reject(
        new KeysUnavailableError("the provider could not be asked just before"),
      );
    }
    tried = now();
    known = discover(url, issuer, timeout, fetch).catch((cause: unknown) => {
      known = undefined;
      throw new KeysUnavailableError("the provider cannot be asked", { cause });
    });
    return known;
  };
}

async function discover(
  url: string,
  issuer: string | undefined,
  timeout: number,
  fetch: Fetch,
): Promise<OpenIdProvider> {
  const expected =
    issuer ??
    (url.endsWith(WELL_KNOWN) ? url.slice(0, -WELL_KNOWN.length) : undefined);
  if (expected === undefined) {
    throw new Error(
      `the issuer cannot be told from ${url}: \`issuer\` is needed`,
    );
  }
  const text = await fetchText(url, fetch, timeout);
  const { processDiscoveryResponse } = await import("oauth4webapi");
  const metadata = await processDiscoveryResponse(
    new URL(expected),
    new Response(text, { headers: { "content-type": "application/json" } }),
  );
  const { jwks_uri: jwksUri } = metadata;
  if (jwksUri === undefined) throw new Error(`${url} names no jwks_uri`);
  return {
    issuer: metadata.issuer,
    jwksUri: secureUrl(jwksUri, "jwks_uri"),
  };
}
