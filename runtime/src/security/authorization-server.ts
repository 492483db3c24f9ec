/** Room `security`: the metadata of an authorization server (RFC 8414), asked for once. */
import {
  allowInsecureRequests,
  type AuthorizationServer,
  customFetch,
  discoveryRequest,
  processDiscoveryResponse,
} from "oauth4webapi";
import { type Now, wallClock } from "../contract/clock.js";
import { type Fetch, secureUrl } from "./fetch-json.js";

export interface AuthorizationServerOptions {
  /** As it calls itself. */
  readonly issuer: string;
  /** Its introspection endpoint: with it nothing is asked for. */
  readonly endpoint?: string;
  /** `oidc` when it only has the document of OpenID Connect; `oauth2`. */
  readonly metadata?: "oauth2" | "oidc";
  /** Milliseconds; 5,000. */
  readonly timeout?: number;
  readonly fetch?: Fetch;
  readonly now?: Now;
}

/** Milliseconds between two questions when the first one failed. */
const RETRY = 5_000;

/** Throws at once for an issuer or endpoint without TLS; a server that cannot be asked is asked again five seconds later. */
export function authorizationServer(
  options: AuthorizationServerOptions,
): () => Promise<AuthorizationServer> {
  const { issuer, endpoint, now = wallClock } = options;
  secureUrl(issuer, "issuer");
  if (endpoint !== undefined) {
    const given: AuthorizationServer = {
      issuer,
      introspection_endpoint: secureUrl(endpoint, "endpoint"),
    };
    return () => Promise.resolve(given);
  }
  let known: Promise<AuthorizationServer> | undefined;
  let failed = -Infinity;
  return () => {
    if (known !== undefined) return known;
    if (now() - failed < RETRY) {
      return Promise.reject(
        new Error("the server could not be asked just before"),
      );
    }
    known = discover(options).catch((error: unknown) => {
      known = undefined;
      failed = now();
      throw error;
    });
    return known;
  };
}

async function discover({
  issuer,
  metadata = "oauth2",
  timeout = 5_000,
  fetch = globalThis.fetch,
}: AuthorizationServerOptions): Promise<AuthorizationServer> {
  const url = new URL(issuer);
  const response = await discoveryRequest(url, {
    algorithm: metadata,
    signal: AbortSignal.timeout(timeout),
    [customFetch]: (
      target: string,
      { headers }: { headers: Record<string, string> },
    ) =>
      fetch(target, {
        headers,
        redirect: "error",
        signal: AbortSignal.timeout(timeout),
      }),
    [allowInsecureRequests]: loopback(issuer),
  });
  const found = await processDiscoveryResponse(url, response);
  const { introspection_endpoint: endpoint } = found;
  if (endpoint !== undefined) secureUrl(endpoint, "introspection_endpoint");
  return found;
}

/** Servers of this machine need no TLS: `secureUrl` has looked. */
export function loopback(url: string): boolean {
  return url.startsWith("http://");
}
