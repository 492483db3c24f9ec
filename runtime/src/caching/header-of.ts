/** Room `caching`: headers of answers, whatever case they are written in. */
import type { WireResponse } from "../contract/wire-response.js";

/** `name` in lower case. */
export function headerOf(
  headers: object | undefined,
  name: string,
): string | undefined {
  if (headers === undefined) return undefined;
  for (const [key, value] of Object.entries(headers)) {
    if (key.toLowerCase() !== name) continue;
    if (value !== undefined && value !== null) return String(value);
  }
  return undefined;
}

/** The same answer where there is nothing to add. */
export function withHeaders(
  wire: WireResponse,
  added: Readonly<Record<string, string>>,
): WireResponse {
  if (Object.keys(added).length === 0) return wire;
  return { ...wire, headers: { ...wire.headers, ...added } };
}
