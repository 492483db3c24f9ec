/** Room `pagination`: opaque cursors: signed, bound to the list they came from, good for a while. */
import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { CursorOptions } from "../contract/options.js";

const DAY = 24 * 60 * 60 * 1000;
/** Longer than any sensible sort key; keeps the check of a forged one cheap. */
const LONGEST = 4096;

/** Signs and opens the cursors of one router. */
export interface CursorSigner {
  /** `value` is any JSON value; `binding` says which list it belongs to. */
  seal(value: unknown, binding: string, now: number): string;
  /** `undefined` for what was tampered with, is too old, or belongs to another list. */
  open(
    text: string,
    binding: string,
    now: number,
  ): { value: unknown } | undefined;
}

/** `secret` is used where the options have no keys. Throws for keys that are too short. */
export function cursorSigner(
  { keys, ttl = DAY }: CursorOptions,
  secret: Uint8Array,
): CursorSigner {
  const known = new Map(Object.entries(keys ?? { "": secret }));
  for (const [id, key] of known) {
    if (Buffer.byteLength(key) < 16) {
      throw new Error(`the key ${id} of cursors has less than 16 bytes`);
    }
    if (!/^[A-Za-z0-9_-]*$/.test(id)) {
      throw new Error("ids of cursor keys are letters, digits, - and _");
    }
  }
  const [current] = known;
  if (current === undefined) throw new Error("there is no key for cursors");
  const [currentId, currentKey] = current;
  return {
    seal(value, binding, now) {
      const payload = Buffer.from(
        JSON.stringify([value, Math.ceil((now + ttl) / 1000)]),
      ).toString("base64url");
      const mac = sign(payload, currentId, binding, currentKey);
      return `${payload}.${currentId}.${mac.toString("base64url")}`;
    },
    open(text, binding, now) {
      if (text.length > LONGEST) return undefined;
      const [payload = "", id = "", mac = "", ...rest] = text.split(".");
      const key = known.get(id);
      if (key === undefined || rest.length > 0) return undefined;
      const expected = sign(payload, id, binding, key);
      const given = Buffer.from(mac, "base64url");
      // The text itself is compared as well: base64url has several spellings of the same bytes.
      if (given.toString("base64url") !== mac) return undefined;
      if (
        given.length !== expected.length ||
        !timingSafeEqual(given, expected)
      ) {
        return undefined;
      }
      const content: unknown = JSON.parse(
        Buffer.from(payload, "base64url").toString(),
      );
      if (!Array.isArray(content)) return undefined;
      const [value, until]: unknown[] = content;
      if (typeof until !== "number" || until * 1000 < now) return undefined;
      return { value };
    },
  };
}

function sign(
  payload: string,
  id: string,
  binding: string,
  key: string | Uint8Array,
): Buffer {
  return createHmac("sha256", key)
    .update(`${id}.${payload}.${binding}`)
    .digest()
    .subarray(0, 18);
}

/** One text for one list: the operation, and every parameter that decides what is in it and in which order. */
export function bindingOf(
  operationId: string,
  query: Readonly<Record<string, unknown>>,
  except: readonly (string | undefined)[],
): string {
  const parts = Object.entries(query)
    .filter(([name, value]) => value !== undefined && !except.includes(name))
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return createHash("sha256")
    .update(JSON.stringify([operationId, parts]))
    .digest("base64url");
}
