/** Room `load`: bytes to text. Documents are UTF-8 (RFC 8259 section 8.1; YAML 1.2 allows more, OpenAPI does not need it). */
import { isUtf8 } from "node:buffer";

export type Decoded =
  | {
      ok: true;
      text: string;
      /** Offset of the first character that was written as surrogates. */
      surrogates?: number;
    }
  | { ok: false; message: string };

export function decodeText(bytes: Uint8Array): Decoded {
  const wide = wideEncoding(bytes);
  if (wide !== undefined) {
    return {
      ok: false,
      message: `the file is encoded in ${wide}, not in UTF-8`,
    };
  }
  const start = hasUtf8Mark(bytes) ? 3 : 0;
  if (isUtf8(bytes)) return { ok: true, text: decoded(bytes, start) };
  return decodeWithSurrogates(bytes, start);
}

/** Some writers encode the halves of a surrogate pair one by one (CESU-8). What they mean is clear. */
function decodeWithSurrogates(bytes: Uint8Array, start: number): Decoded {
  let text = "";
  let from = start;
  let surrogates: number | undefined;
  for (let at = start; at < bytes.length;) {
    const length = characterLength(bytes, at);
    if (length === 0) {
      const hex = (bytes[at] ?? 0).toString(16).padStart(2, "0");
      return {
        ok: false,
        message: `the file is not UTF-8: the byte at offset ${at} (0x${hex}) begins no valid character`,
      };
    }
    if (length === SURROGATE) {
      text += decoded(bytes, from, at);
      const [, middle = 0, last = 0] = bytes.subarray(at, at + 3);
      text += String.fromCharCode(
        0xd000 | ((middle & 0x3f) << 6) | (last & 0x3f),
      );
      surrogates ??= at;
      at += 3;
      from = at;
    } else {
      at += length;
    }
  }
  text += decoded(bytes, from);
  return {
    ok: true,
    text,
    ...(surrogates === undefined ? {} : { surrogates }),
  };
}

const SURROGATE = -3;

/** Bytes of the character at `at` (RFC 3629 section 4); 0: none begins there. */
function characterLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  if (first < 0xc2 || first > 0xf4) return 0;
  for (let next = 1; next < length; next++) {
    const byte = bytes[at + next] ?? 0;
    if ((byte & 0xc0) !== 0x80) return 0;
  }
  const second = bytes[at + 1] ?? 0;
  if (first === 0xe0 && second < 0xa0) return 0;
  if (first === 0xed && second >= 0xa0) return SURROGATE;
  if (first === 0xf0 && second < 0x90) return 0;
  if (first === 0xf4 && second >= 0x90) return 0;
  return length;
}

function decoded(bytes: Uint8Array, start: number, end?: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString(
    "utf8",
    start,
    end,
  );
}

function hasUtf8Mark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

/** By byte order mark, else by the zero byte that the first ASCII character leaves (the text starts with one in any case). */
function wideEncoding(bytes: Uint8Array): string | undefined {
  const [a, b, c, d] = bytes;
  if (a === 0xff && b === 0xfe) {
    return c === 0 && d === 0 ? "UTF-32" : "UTF-16";
  }
  if (a === 0xfe && b === 0xff) return "UTF-16";
  if (a === 0 && b === 0) return "UTF-32";
  if (a === 0 && b !== undefined) return "UTF-16";
  if (a !== undefined && b === 0) return c === 0 ? "UTF-32" : "UTF-16";
  return undefined;
}
