/** Room `contract`: a body that lies somewhere as a whole, so that parts of it can be sent. */

/** Conditional requests and ranges know a representation by these facts before a byte of it is read. */
export interface FileBody extends AsyncIterable<Uint8Array> {
  /** Bytes. */
  readonly size: number;
  readonly modified: Date;
  /** The media type, where the contract leaves it open. */
  readonly type: string | undefined;
  /** Value of `Content-Disposition`. */
  readonly disposition: string | undefined;
  /** The bytes from `start` to `end`, both included; opened when they are asked for. */
  section(start: number, end: number): AsyncIterable<Uint8Array>;
}

export function isFileBody(body: unknown): body is FileBody {
  return typeof body === "object" && body !== null && "section" in body;
}
