/** Room `contract`: what a document asks of the runtime beside the contract itself, as generated code says it. */

/** One member for each policy that is declared. */
export interface Policies {
  readonly deprecation?: DeprecationPolicy;
}

/** RFC 9745, RFC 8594. */
export interface DeprecationPolicy {
  /** Seconds since 1970. */
  readonly since?: number;
  /** Seconds since 1970. */
  readonly sunset?: number;
  readonly links?: readonly {
    readonly rel: "deprecation" | "successor-version" | "sunset";
    /** A URI reference, or a path key whose variables are those of the request. */
    readonly href: string;
  }[];
}
