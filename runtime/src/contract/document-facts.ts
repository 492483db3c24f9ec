/** Room `contract`: what the document says for all of its operations, as generated code passes it on. */
import type { CorsOptions } from "./cors.js";

/** How the versions of a service are told apart. */
export interface VersioningFacts {
  readonly in?: "path" | "header" | "mediaType";
  readonly name?: string;
  /** All versions that there are, the oldest first. */
  readonly values?: readonly string[];
  readonly default?: "latest" | "oldest" | 400 | (string & {});
  /** The document speaks of the media types of its version itself. */
  readonly declared?: boolean;
}

export interface DocumentFacts {
  /** `x-cors`. */
  readonly cors?: CorsOptions;
  /** The path of the first server, without a slash at its end. */
  readonly basePath?: string;
  /** `x-versioning`. */
  readonly versioning?: VersioningFacts;
}
