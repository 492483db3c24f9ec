/** Room `contract`: what the document says for all of its operations, as generated code passes it on. */
import type { CorsOptions } from "./cors.js";

export interface DocumentFacts {
  /** `x-cors`. */
  readonly cors?: CorsOptions;
}
