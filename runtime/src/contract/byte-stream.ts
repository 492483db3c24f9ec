/** Room `contract`: a request body that is read as it arrives. */
import type { Readable } from "node:stream";

/** Bytes in the order of their arrival; not buffered, to be consumed or destroyed by the handler. */
export type ByteStream = Readable;
