/** Room `contract`: what handlers of guarded writes are given. */

/** The representation that there is now. */
export interface Current {
  /** `"3"`, `W/"3"`, or any text that is then quoted, such as a version number. */
  readonly etag?: string | undefined;
  /** A date, or RFC 3339 text. */
  readonly lastModified?: Date | string | undefined;
}

/** `If-Match`, `If-None-Match` and `If-Unmodified-Since` of the request (RFC 9110 13). */
export interface Preconditions {
  /**
   * Throws 412 where they do not hold for what there is now; `undefined` says that there is nothing. What is to be
   * atomic is compared in the database as well: `ifMatch` has the tags.
   */
  check(current: Current | undefined): void;
  /** Strong entity tags without their quotes; `"*"` for any; `undefined` where the client does not ask. */
  readonly ifMatch: readonly string[] | "*" | undefined;
}
