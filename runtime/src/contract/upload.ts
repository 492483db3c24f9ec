/** Room `contract`: files in multipart bodies, as handlers receive them. */
import type { ByteStream } from "./byte-stream.js";

/** What the client says of a file. None of it is to be trusted: a name is no path, and a type is a claim. */
export interface UploadFacts {
  /** `filename` without any folders; empty when the client gave none. */
  readonly name: string;
  /** Media type, lower case, without parameters; `application/octet-stream` when the client gave none. */
  readonly type: string;
  /** All header fields of the part, names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/** A file in memory: its bytes. */
export type UploadedFile = Uint8Array & UploadFacts;

/** A file that is read as it arrives, once. The client sends no faster than it is read. */
export type UploadedStream = ByteStream & UploadFacts;

/** A body with its files: `Body` is what the document says of it, `Files` how they are handed on. */
export type WithFiles<Body, Files> = Body & Files;
