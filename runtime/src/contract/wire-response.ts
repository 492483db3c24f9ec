/** Room `contract`: a response as generated writers hand it to the runtime: serialized, not yet on the wire. */

/** What a response without buffering is made of. */
export type ByteSource =
  Uint8Array | string | AsyncIterable<Uint8Array | string>;

/** Made by `json`, `problemJson`, `text`, `bytes` and `empty`; every member always present, so that one hidden class serves all. */
export interface WireResponse {
  readonly status: number;
  /** Value of `Content-Type`; absent without a body. */
  readonly type: string | undefined;
  readonly body: ByteSource | undefined;
  /** Declared response headers as the handler gave them; `Content-Type` among them is ignored. */
  readonly headers: object | undefined;
}
