/** Room `contract`: what a document asks of the runtime beside the contract itself, as generated code says it. */

/** One member for each policy that is declared. */
export interface Policies {
  readonly audit?: AuditPolicy;
  readonly deprecation?: DeprecationPolicy;
  readonly pagination?: PaginationPolicy;
}

/** Calls that the log of security events tells of. */
export interface AuditPolicy {
  /** What to call it there; the operation's id when it is left out. */
  readonly event?: string;
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

/** What the runtime knows of a page and can write into a body. */
export type PageFact =
  | "total"
  | "totalPages"
  | "page"
  | "limit"
  | "offset"
  | "count"
  | "hasMore"
  | "hasPrevious"
  | "nextCursor"
  | "nextPage"
  | "previousPage"
  | "selfUrl"
  | "firstUrl"
  | "previousUrl"
  | "nextUrl"
  | "lastUrl";

/** A list that comes in pages. */
export interface PaginationPolicy {
  readonly style: "cursor" | "offset" | "page";
  /** Names of the query parameters. */
  readonly inputs: {
    readonly cursor?: string;
    readonly limit?: string;
    readonly offset?: string;
    readonly page?: string;
  };
  /** The status whose body is a page. */
  readonly status: number;
  /** Members that lead from the body to the items; empty where the body is the list. */
  readonly items: readonly string[];
  readonly members: readonly {
    readonly at: readonly string[];
    readonly fact: PageFact;
    /** Written where the fact does not apply; nothing is, when absent. */
    readonly otherwise?: unknown;
  }[];
  readonly fixed: readonly {
    readonly at: readonly string[];
    readonly value: unknown;
  }[];
  /** Items of a page for which the client asks no number. */
  readonly limit: number;
  /** Whether a `Link` header goes with each page. */
  readonly link: boolean;
}
