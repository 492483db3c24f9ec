/** Room `caching`: an answer as text, and back. */
import type { WireResponse } from "../contract/wire-response.js";

export interface StoredResponse {
  readonly wire: WireResponse;
  /** Milliseconds since 1970 until which it is fresh. */
  readonly freshUntil: number;
  /** Of its tags, when it was begun. */
  readonly versions: readonly number[];
}

/** `undefined` for what cannot be kept: streams, and answers that are for one client only. */
export function storable(
  { status, type, body, headers }: WireResponse,
  freshUntil: number,
  versions: readonly number[],
): string | undefined {
  if (status < 200 || status >= 300 || status === 206) return undefined;
  for (const [name, value] of Object.entries(headers ?? {})) {
    const lower = name.toLowerCase();
    if (lower === "set-cookie") return undefined;
    if (lower === "cache-control" && /\bno-store\b/i.test(String(value))) {
      return undefined;
    }
  }
  const content =
    typeof body === "string"
      ? { text: body }
      : body instanceof Uint8Array
        ? { bytes: Buffer.from(body).toString("base64") }
        : body === undefined
          ? {}
          : undefined;
  if (content === undefined) return undefined;
  return JSON.stringify({
    status,
    type,
    headers,
    freshUntil,
    versions,
    ...content,
  });
}

/** `undefined` for what another version of this software may have written. */
export function restore(entry: string): StoredResponse | undefined {
  const known: unknown = JSON.parse(entry);
  if (!isRecord(known)) return undefined;
  const { status, type, headers, freshUntil, versions, text, bytes } = known;
  if (typeof status !== "number" || typeof freshUntil !== "number") {
    return undefined;
  }
  if (!Array.isArray(versions)) return undefined;
  return {
    wire: {
      status,
      type: typeof type === "string" ? type : undefined,
      body:
        typeof bytes === "string"
          ? Buffer.from(bytes, "base64")
          : typeof text === "string"
            ? text
            : undefined,
      headers: isRecord(headers) ? headers : undefined,
    },
    freshUntil,
    versions: versions.map(Number),
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
