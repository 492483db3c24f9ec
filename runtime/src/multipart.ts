/** Multipart bodies beside the contract: to test handlers of uploads without HTTP, and to read bodies that the document leaves open. */
import type { Readable } from "node:stream";
import type { UploadedFile, UploadFacts } from "./contract/upload.js";
import { problem } from "./errors/problem.js";
import { parseMediaType } from "./read/media-type.js";
import { openParts, type Part } from "./read/multipart-parts.js";

export type {
  UploadedFile,
  UploadedStream,
  UploadFacts,
} from "./contract/upload.js";
export type { Part } from "./read/multipart-parts.js";

export interface PartsOptions {
  /** Parts of the body; 100. */
  readonly parts?: number;
  /** Bytes of the header section of one part; 8 KiB. */
  readonly partHeader?: number;
}

/** A file as a handler receives it: `uploadedFile(bytes, { name: "a.png", type: "image/png" })`. */
export function uploadedFile(
  bytes: Uint8Array,
  {
    name = "",
    type = "application/octet-stream",
    headers = {},
  }: Partial<UploadFacts> = {},
): UploadedFile {
  return Object.assign(Uint8Array.from(bytes), { name, type, headers });
}

/**
 * The parts of a body of any multipart type (RFC 2046 5.1) as they arrive; read or skip each before the next. Throws
 * problems: 400 for a body that is not well-formed, 413 for one with too many parts or too large a header section.
 */
export async function* readParts(
  source: Readable,
  contentType: string,
  { parts = 100, partHeader = 8 * 1024 }: PartsOptions = {},
): AsyncGenerator<Part, void, void> {
  const boundary = parseMediaType(contentType)?.parameters.get("boundary");
  if (boundary === undefined) {
    throw problem.badRequest({ detail: "the multipart body has no boundary" });
  }
  const open = openParts(source, boundary, { parts, partHeader });
  try {
    for (;;) {
      const part = await open.next();
      if (part === undefined) return;
      yield part;
      part.body.resume();
    }
  } finally {
    open.close();
  }
}
