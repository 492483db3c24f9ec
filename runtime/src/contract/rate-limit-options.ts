/** Room `contract`: the options of rate limits. */
import type { RouterContext } from "@koa/router";
import type { RateLimitStore } from "./rate-limit-store.js";

/** A request that a limit refused, or would have refused. */
export interface LimitEvent {
  readonly operationId: string;
  /** Names of the limits that had not enough left. */
  readonly policies: readonly string[];
  /** Seconds until the request would be accepted. */
  readonly retryAfter: number;
  /** It was let through all the same. */
  readonly dryRun: boolean;
  readonly ctx: RouterContext;
}

export interface RateLimitOptions {
  /** Default: the memory of this process. */
  readonly store?: RateLimitStore;
  /** Clients that the default store remembers per limit; 100,000. Beyond, some begin anew. */
  readonly capacity?: number;
  /**
   * `draft`: `RateLimit` and `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers-11); `legacy`: `X-RateLimit-Limit`,
   * `-Remaining` and `-Reset`, the latter in seconds since 1970; default `both`.
   */
  readonly headers?: "draft" | "legacy" | "both" | "none";
  /** Counts and tells, but refuses nobody and sends no fields. */
  readonly dryRun?: boolean;
  /** What happens without the store, where the document does not say: `open` lets requests in (default), `closed` answers 503. */
  readonly onFailure?: "open" | "closed";
  /** Told of every request that was refused, or would have been. */
  readonly onLimit?: (event: LimitEvent) => void;
  /** By what name a principal is known; default: itself if it is text, else its `id` or `sub`. */
  readonly identify?: (principal: unknown) => string | undefined;
  /** `type` of the problem of 429; default: `quota-exceeded` of IANA's registry, as the draft asks for it. */
  readonly problemType?: string;
}
