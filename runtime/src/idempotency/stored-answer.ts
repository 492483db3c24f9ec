/** Room `idempotency`: answers as they are kept, and as they are sent again. */
import type { StoredAnswer } from "../contract/idempotency-store.js";
import type { WireResponse } from "../contract/wire-response.js";

/** `undefined` for a body that is not all there, or too large to keep. */
export function storedAnswer(
  { status, type, body, headers }: WireResponse,
  maxBody: number,
): StoredAnswer | undefined {
  if (body !== undefined && typeof body !== "string") {
    if (!(body instanceof Uint8Array)) return undefined;
  }
  if (body !== undefined && body.length > maxBody) return undefined;
  return { status, type, body, headers: linesOf(headers) };
}

/** In place of an answer that cannot be kept: its request must not be carried out again all the same. */
export function unkeptAnswer(): StoredAnswer {
  return {
    status: 409,
    headers: [],
    type: "application/problem+json",
    body: JSON.stringify({
      type: "about:blank",
      title: "Conflict",
      status: 409,
      detail:
        "the request was carried out before, but its answer could not be kept",
    }),
  };
}

/** Text of the declared headers; the runtime has checked them when it is sent. */
function linesOf(headers: object | undefined): string[] {
  return Object.entries(headers ?? {}).flatMap(([name, value]) => {
    if (value === undefined || value === null) return [];
    if (!Array.isArray(value)) return [name, textOf(value)];
    return name.toLowerCase() === "set-cookie"
      ? value.flatMap((cookie) => [name, textOf(cookie)])
      : [name, value.map(textOf).join(", ")];
  });
}

function textOf(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  return Object.entries(value)
    .map(([key, member]) => `${key},${textOf(member)}`)
    .join(",");
}

/** Several lines of one name become a list, which is what `Set-Cookie` needs. */
export function wireOfStored(answer: StoredAnswer): WireResponse {
  const { status, type, body } = answer;
  const lines = new Map<string, string | string[]>();
  for (let at = 0; at + 1 < answer.headers.length; at += 2) {
    const name = answer.headers[at] ?? "";
    const value = answer.headers[at + 1] ?? "";
    const known = lines.get(name);
    lines.set(name, known === undefined ? value : [known, value].flat());
  }
  return { status, type, body, headers: Object.fromEntries(lines) };
}
