/** Room `contract`: the collector that generated readers and checks report faults to. */

/** Faults of one request. Values of the request are never kept, only places and schema limits. */
export interface Issues {
  /**
   * `at` is the place: `body`, `body/items/0/qty`, `query/limit`, `path/bookId`, `header/x-request-id`, `cookie/sid`;
   * segments after the first are escaped as in a JSON pointer. `code` is the schema keyword, `limit` its value.
   */
  add(at: string, code: string, limit?: unknown): void;
  /** The default of an absent member. It is written when all checks are done, so that none of them sees it. */
  fill(record: Record<string, unknown>, name: string, value: unknown): void;
  /** A member that only responses carry. It is removed when all checks are done. */
  drop(record: Record<string, unknown>, name: string): void;
  /** A string or number that handlers see as another type. It is decoded at once, where nothing is wrong so far, and replaced when all checks are done. */
  decode(
    holder: object,
    key: string | number,
    parse: (value: never) => unknown,
    at: string,
  ): void;
  /** How many faults were found, the ones beyond the cap included. */
  readonly size: number;
  /** True when further faults are only counted: a loop over a large body may stop. */
  readonly full: boolean;
}
