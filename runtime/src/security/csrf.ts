/** Room `security`: requests that a browser sends for another site, with credentials that it adds by itself. */
import type { IncomingMessage } from "node:http";
import type { SecurityScheme } from "../contract/security.js";

/** Options of the check. */
export interface CsrfOptions {
  /** Origins beside the own one whose pages may send such requests, as browsers write them: `https://shop.example.com`. */
  readonly origins?: readonly string[];
}

/** Whether the request may have been forged. */
export type IsForged = (req: IncomingMessage) => boolean;

/** Methods that change nothing (RFC 9110 9.2.1, RFC 10008 2 for QUERY). */
const SAFE = new Set(["GET", "HEAD", "OPTIONS", "TRACE", "QUERY"]);

/** Whether browsers send the credential without being asked to by a script. */
export function isAmbient(scheme: SecurityScheme): boolean {
  if (scheme.kind === "apiKey") return scheme.in === "cookie";
  if (scheme.kind === "mutualTLS") return true;
  return (
    scheme.kind === "http" &&
    /^(?:basic|digest|negotiate)$/i.test(scheme.scheme)
  );
}

/**
 * Fetch Metadata first, which scripts cannot set; then `Origin` against the host asked for. A request with neither comes
 * from no browser of today.
 */
export function forgeryCheck(origins: readonly string[]): IsForged {
  const allowed = new Set(origins);
  return ({ method = "", headers }) => {
    if (SAFE.has(method)) return false;
    const { origin } = headers;
    if (origin !== undefined && allowed.has(origin)) return false;
    const site = headers["sec-fetch-site"];
    if (site !== undefined) return site !== "same-origin" && site !== "none";
    if (origin === undefined) return false;
    return !isOwnOrigin(origin, headers.host);
  };
}

/** Schemes are not compared: behind a proxy the own one is not known. */
export function isOwnOrigin(origin: string, host: string | undefined): boolean {
  if (host === undefined || host === "" || !URL.canParse(origin)) return false;
  const url = new URL(origin);
  const own = `${url.protocol}//${host}`;
  return URL.canParse(own) && new URL(own).host === url.host;
}
