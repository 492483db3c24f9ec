/** Room `load`: bytes to text. Documents are UTF-8 (RFC 8259 section 8.1; YAML 1.2 allows more, OpenAPI does not need it). */
import { isUtf8 } from "node:buffer";

export type Decoded =
  { ok: true; text: string } | { ok: false; message: string; help: string };

export function decodeText(bytes: Uint8Array): Decoded {
  const wide = wideEncoding(bytes);
  if (wide !== undefined) {
    return {
      ok: false,
      message: `the file is encoded in ${wide}, not in UTF-8`,
      help: "save it as UTF-8",
    };
  }
  if (!isUtf8(bytes)) {
    const offset = invalidOffset(bytes);
    return {
      ok: false,
      message: `the file is not UTF-8: the byte at offset ${offset} (0x${hex(bytes[offset])}) begins no valid character`,
      help: "save it as UTF-8",
    };
  }
  const start = hasUtf8Mark(bytes) ? 3 : 0;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { ok: true, text: buffer.toString("utf8", start) };
}

function hasUtf8Mark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

/** By byte order mark, else by the zero byte that the first ASCII character leaves (the text starts with one in any case). */
function wideEncoding(bytes: Uint8Array): string | undefined {
  const [a, b, c, d] = bytes;
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? "UTF-32" : "UTF-16";
  if (a === 0xfe && b === 0xff) return "UTF-16";
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return "UTF-32";
  if (a === 0 && b !== undefined && b !== 0) return "UTF-16";
  if (a !== undefined && a !== 0 && b === 0) return "UTF-16";
  return undefined;
}

function invalidOffset(bytes: Uint8Array): number {
  let low = 0;
  let high = bytes.length;
  // The longest valid prefix, up to the cut of the last character.
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (isValidPrefix(bytes.subarray(0, middle))) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Valid, a character that is cut off at the end forgiven. */
function isValidPrefix(bytes: Uint8Array): boolean {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    decoder.decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

function hex(byte: number | undefined): string {
  return (byte ?? 0).toString(16).padStart(2, "0");
}
