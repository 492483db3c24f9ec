/** Room `contract`: the options of idempotency keys. */
import type { IdempotencyStore } from "./idempotency-store.js";

export interface IdempotencyOptions {
  /** Default: the memory of this process. */
  readonly store?: IdempotencyStore;
  /** Bytes of answers that the default store keeps; 64 MiB. Beyond, the oldest ones are forgotten. */
  readonly capacity?: number;
  /** By what name a principal is known; default: itself if it is text, else its `id` or `sub`. */
  readonly identify?: (principal: unknown) => string | undefined;
  /** What happens to requests with a key when the store does not answer: `closed` answers 503 (default), `open` runs the handler without a net. */
  readonly onFailure?: "open" | "closed";
  /** Seconds after which a request that died is given up; 30. Prolonged for as long as the handler runs. */
  readonly lease?: number;
  /** Bytes of an answer's body that are kept; 1 MiB. Of a larger answer, and of a stream, only the fact is kept. */
  readonly maxBody?: number;
}
