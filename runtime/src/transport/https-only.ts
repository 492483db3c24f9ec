/** Room `transport`: plain HTTP is answered, never served. */
import { problem, type Problem } from "../errors/problem.js";

export interface HttpsOnly {
  /** `https://api.example.com`: where GET and HEAD are sent to. Never taken from the request. */
  readonly origin: string;
}

/** Throws for what is no https origin. */
export function httpsOrigin({ origin }: HttpsOnly): string {
  const url = URL.canParse(origin) ? new URL(origin) : undefined;
  if (url?.protocol !== "https:" || `${url.origin}/` !== url.href) {
    throw new Error(
      "httpsOnly: `origin` is to be like https://api.example.com",
    );
  }
  return url.origin;
}

/**
 * 308 for GET and HEAD (RFC 9110 15.4.9). All else is 403: what it carried has been seen by whoever listens, and a
 * redirection would have it sent twice.
 */
export function insecureAnswer(
  method: string,
  target: string,
  origin: string,
): { readonly status: 308; readonly location: string } | Problem {
  if (method !== "GET" && method !== "HEAD") {
    return problem.forbidden({ detail: "this service is for https only" });
  }
  return { status: 308, location: origin + pathAndQuery(target) };
}

/** Of an absolute form (RFC 9112 3.2.2) what follows the authority; what is no path leads to the root. */
function pathAndQuery(target: string): string {
  const [, path = ""] =
    /^(?:[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/?#]*)?([/?][\x21-\x7e]*)?$/.exec(
      target,
    ) ?? [];
  return path.startsWith("/") ? path : `/${path}`;
}
