/** Room `streaming`: answers of one JSON value a line (NDJSON, JSON Lines), or as a JSON text sequence (RFC 7464). */
import type { WireResponse } from "../contract/wire-response.js";
import { encodedItems } from "./encoded-items.js";

/** Record separator: RFC 7464 section 2.2. */
const RS = "\u001e";

export function jsonItems(
  status: number,
  items: unknown,
  project: (item: unknown) => unknown,
  headers?: object,
  type = "application/x-ndjson",
): WireResponse {
  const before = /json-seq\b/.test(type) ? RS : "";
  const body = encodedItems(items, (item) => {
    const text: string | undefined = JSON.stringify(project(item));
    if (text === undefined) throw new TypeError("an item is no JSON value");
    return `${before}${text}\n`;
  });
  return { status, type, body, headers };
}
