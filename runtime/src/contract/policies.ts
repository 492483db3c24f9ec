/** Room `contract`: what a document asks of the runtime beside the contract itself, as generated code says it. */
import type { SecurityRequirement } from "./security.js";
import type {
  FieldsPolicy,
  FilterPolicy,
  IncludePolicy,
  SortPolicy,
} from "./query-policies.js";

/** One member for each policy that is declared. */
export interface Policies {
  readonly audit?: AuditPolicy;
  readonly envelope?: EnvelopePolicy;
  readonly timeout?: TimeoutPolicy;
  readonly problems?: readonly DeclaredProblem[];
  readonly deprecation?: DeprecationPolicy;
  readonly pagination?: PaginationPolicy;
  readonly conditional?: ConditionalPolicy;
  readonly cacheHeaders?: CacheHeadersPolicy;
  readonly caching?: CachingPolicy;
  readonly invalidation?: InvalidationPolicy;
  readonly rateLimit?: readonly RateLimitPolicy[];
  readonly idempotency?: IdempotencyPolicy;
  readonly links?: LinksPolicy;
  readonly filter?: FilterPolicy;
  readonly sort?: SortPolicy;
  readonly fields?: FieldsPolicy;
  readonly include?: IncludePolicy;
}

/** Calls that the log of security events tells of. */
export interface AuditPolicy {
  /** What to call it there; the operation's id when it is left out. */
  readonly event?: string;
}

/** What the runtime knows of an answer beside its data. */
export type MetaFact = "requestId" | "time";

/** Answers whose handlers give the data only. */
export interface EnvelopePolicy {
  readonly answers: readonly {
    /** `200`, `"2XX"`. */
    readonly status: number | string;
    /** The member that the handler's answer becomes; absent where pagination puts it there. */
    readonly data?: string;
    /** Members with one possible value. */
    readonly fixed: readonly {
      readonly at: readonly string[];
      readonly value: unknown;
    }[];
    readonly facts: readonly {
      readonly at: readonly string[];
      readonly fact: MetaFact;
    }[];
  }[];
}

/** How long a handler may take. */
export interface TimeoutPolicy {
  /** Milliseconds. */
  readonly after: number;
  readonly status: 503 | 504;
}

/** What an error answer is by the contract's catalogue of problems. */
export interface DeclaredProblem {
  /** `409`, `"4XX"`, `"default"`. */
  readonly status: number | string;
  readonly type: string;
  readonly title: string;
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

/** Entity tags, dates and preconditions (RFC 9110 8.8 and 13). */
export interface ConditionalPolicy {
  /** How the tag of an answer is made; the handler gives it when absent. `from`: members that lead to it in the body. */
  readonly etag?: "strong" | "weak" | { readonly from: readonly string[] };
  readonly lastModified?: { readonly from: readonly string[] };
  /** The handler looks at the preconditions. */
  readonly writes?: boolean;
  /** A write without precondition is refused (RFC 6585 3). */
  readonly required?: boolean;
}

export interface CacheHeadersPolicy {
  /** Of `Cache-Control`. */
  readonly value?: string;
  /** Of `CDN-Cache-Control` (RFC 9213). */
  readonly cdn?: string;
  /** Request headers that the answer depends on. */
  readonly vary?: readonly string[];
}

/** Text with values of the request, of the principal or of the answer's body in it. */
export type TextTemplate = readonly (
  | string
  | {
      readonly in:
        | "params"
        | "query"
        | "headers"
        | "cookies"
        | "body"
        | "principal"
        | "response";
      readonly at: readonly string[];
    }
)[];

/** Answers that are kept. */
export interface CachingPolicy {
  /** Milliseconds. */
  readonly ttl: number;
  /** Milliseconds after that in which an old answer will do while a new one is made. */
  readonly stale?: number;
  readonly scope: "public" | "principal";
  /** What the answer depends on beside all decoded values of the request. */
  readonly vary: readonly TextTemplate[];
  readonly tags: readonly TextTemplate[];
  /** `Accept` chooses among several media types. */
  readonly negotiated?: boolean;
}

export interface InvalidationPolicy {
  readonly tags: readonly TextTemplate[];
}

/** One budget that every request of the operation takes from. */
export interface RateLimitPolicy {
  /** What clients read; printable ASCII, other than those of the operation's other limits. */
  readonly name: string;
  /** Operations that name the same one share it. */
  readonly budget: string;
  /** Units per window, or at the same time. */
  readonly quota: number;
  /** Seconds. */
  readonly window: number;
  readonly key: RateLimitKey;
  /** `sliding-window` when absent. */
  readonly algorithm?:
    "sliding-window" | "token-bucket" | "fixed-window" | "concurrency";
  /** Units of one request; 1. */
  readonly cost?: number;
  /** What happens when the store does not answer; the router's option when absent. */
  readonly onFailure?: "open" | "closed";
  /** Counted and told, never enforced. */
  readonly dryRun?: true;
}

/** Whose budget it is. Text of the request by its place; `secret` text is kept as a digest only. */
export type RateLimitKey =
  | "principal"
  | "ip"
  | "global"
  | "route"
  | {
      readonly in: "header" | "query" | "cookie" | "path";
      readonly name: string;
      readonly secret?: true;
    };

/** What a request with a key that was used before is answered: draft-ietf-httpapi-idempotency-key-header-07. */
export interface IdempotencyPolicy {
  /** The field that carries the key, in lower case. */
  readonly header: string;
  /** A request without it is refused. */
  readonly required?: true;
  /** Seconds that an answer is kept. */
  readonly ttl: number;
  /** Keys are each principal's own, or everybody's. */
  readonly scope?: "global";
  /** Statuses and classes (`2XX`) whose answers are kept. */
  readonly replay: readonly (number | string)[];
}

/** Pieces of a text; a source by itself is its value as it is. */
export type LinkText = readonly (
  | string
  | {
      readonly in:
        | "params"
        | "query"
        | "headers"
        | "body"
        | "response"
        | "item"
        | "responseHeaders"
        | "url"
        | "method"
        | "status";
      readonly at: readonly string[];
    }
)[];

/** One link of an answer. */
export interface LinkFacts {
  readonly rel: string;
  /** The path key that it leads to. */
  readonly path: string;
  readonly params: readonly {
    readonly name: string;
    readonly in: "path" | "query";
    readonly text: LinkText;
  }[];
  /** Of each item, not of the whole. */
  readonly item?: boolean;
  /** What the target requires, as OR of AND; absent is open. */
  readonly security?: readonly SecurityRequirement[];
}

/** Where links stand in an object. */
export interface LinkPlace {
  readonly member: string;
  /** By relation: `{ href }` or the reference itself; or a list of `{ rel, href }`. */
  readonly form: "objects" | "texts" | "list";
  /** The schema does not declare it: it is put in after the body was written. */
  readonly added?: boolean;
}

/** Links of answers: `Link` fields (RFC 8288) and members of bodies. */
export interface LinksPolicy {
  /** All principals share the answers: none has a link that only some may follow. */
  readonly shared?: boolean;
  /** `Link` header fields. */
  readonly header?: boolean;
  readonly answers: readonly {
    /** `200`, `"2XX"`, `"default"`. */
    readonly status: number | string;
    readonly links: readonly LinkFacts[];
    readonly body?: LinkPlace;
    /** `list`: members that lead to the items. */
    readonly items?: LinkPlace & { readonly list: readonly string[] };
  }[];
}
