/** Room `contract`: the options of `createRouter`. */
import type { RouterContext } from "@koa/router";
import type { Problem } from "../errors/problem.js";
import type { CorsOptions } from "./cors.js";
import type { CacheStore } from "./cache-store.js";
import type { OnSecurityEvent } from "./security-event.js";
import type { IdempotencyOptions } from "./idempotency-options.js";
import type { Logger } from "./logger.js";
import type { RateLimitOptions } from "./rate-limit-options.js";

/** Bounds on what one request may cost. */
export interface Limits {
  /** Bytes of a buffered request body; 1 MiB. */
  readonly body?: number;
  /** Nesting of a JSON body; 64. */
  readonly depth?: number;
  /** Members of all objects of a JSON body together; 50,000. */
  readonly members?: number;
  /** Parts of a multipart body; 100. */
  readonly parts?: number;
  /** Files among them that are held in memory; 20. */
  readonly files?: number;
  /** Bytes of a part that is no file; 256 KiB. */
  readonly field?: number;
  /** Bytes of the header section of a part; 8 KiB. */
  readonly partHeader?: number;
  /** Faults listed in one validation problem; 20. */
  readonly issues?: number;
}

/** Koa middleware of one operation or tag. */
export type OperationMiddleware = (
  ctx: RouterContext,
  next: () => Promise<unknown>,
) => unknown;

/** What `onError` learns beside the thrown value. */
export interface ErrorContext {
  readonly operationId: string | undefined;
  /** The id that the client was given. */
  readonly requestId: string;
  readonly ctx: RouterContext;
}

export interface DeprecatedCall {
  readonly operationId: string;
  /** `undefined` for anonymous requests. */
  readonly principal: unknown;
  /** Of the client. */
  readonly address: string;
  readonly ctx: RouterContext;
}

/** How cursors are signed. */
export interface CursorOptions {
  /** Secrets by id, 16 bytes at least; the first one signs, all of them verify. Without, each process makes its own. */
  readonly keys?: Readonly<Record<string, string | Uint8Array>>;
  /** Milliseconds for which a cursor is good; 24 hours. */
  readonly ttl?: number;
}

/** Answers that are streams of items. */
export interface StreamOptions {
  /** Milliseconds between two comments of an event stream in which no event is due; 15,000. 0: none are sent. */
  readonly heartbeat?: number;
}

/** `refuse` answers 400 and names the parameter. */
export type UnknownQuery = "ignore" | "refuse";

/** Options that do not depend on the document. */
export interface CommonOptions {
  /** Middleware by operation (`getBook`) or tag (`"tag:books"`), run before everything that the contract does. */
  readonly use?: Readonly<Record<string, readonly OperationMiddleware[]>>;
  readonly limits?: Limits;
  /** Undo `Content-Encoding: gzip`, `deflate` and `br` of request bodies; `false`: they are refused with 415. */
  readonly decompress?: boolean;
  /** Refuse JSON bodies with an object that has a member twice; `false`: the last one counts. */
  readonly strictJson?: boolean;
  /** Default: errors only, as JSON lines on stderr. */
  readonly logger?: Logger;
  /** Makes problems of errors that are none, such as those of a database; `undefined` leaves one to be a fault of ours. */
  readonly mapError?: (
    error: unknown,
    context: ErrorContext,
  ) => Problem | undefined;
  /**
   * Send `X-Request-Id` with every answer, and take it over from clients where it fits `accept`: by default 8 to 128
   * letters, digits and `._~:+/=-`; `false` takes over none.
   */
  readonly requestIds?: boolean | { readonly accept?: RegExp | false };
  /** Below which path the router serves; `true`: the path of the document's first server. */
  readonly prefix?: string | boolean;
  /** Operations whose `x-sunset` is over are answered 410. */
  readonly afterSunset?: "gone";
  /** Told of each call of a deprecated operation, to count who still needs it. */
  readonly onDeprecated?: (call: DeprecatedCall) => void;
  /** Told of every fault of ours, after it was logged. */
  readonly onError?: (error: unknown, context: ErrorContext) => void;
  /** Load every group at start instead of on first use. */
  readonly preload?: boolean;
  readonly cursors?: CursorOptions;
  /** Where `x-caching` keeps answers; the memory of this process. */
  readonly cache?: { readonly store?: CacheStore };
  /** What is done with an answer that breaks the contract: `throw` is a 500, which says why in development, `log` sends it all the same, `off` does not look. Default: `throw` in development, `off` in production. */
  readonly validateResponses?: "off" | "log" | "throw";
  /** What is done when a client accepts none of the declared media types: `refuse` (406, the default), or `send` the first all the same (RFC 9110 section 12.4.1 allows both). */
  readonly notAcceptable?: "refuse" | "send";
  readonly streams?: StreamOptions;
  /** The clock of all policies, in milliseconds since 1970; `Date.now`. */
  readonly now?: () => number;
  readonly rateLimit?: RateLimitOptions;
  readonly idempotency?: IdempotencyOptions;
  /** What becomes of query parameters that the operation does not declare; `ignore`. `x-unknown-query` goes before. */
  readonly unknownQuery?: UnknownQuery;
  /** `realm` of the challenges of 401; `api`. */
  readonly realm?: string;
  /** `resource_metadata` of the challenges of bearer schemes (RFC 9728 5.1): a URL, as `resourceMetadataUrl` makes it. */
  readonly resourceMetadata?: string;
  /** Whose pages may use the service; joined with the document's `x-cors`, which `false` turns off. */
  readonly cors?: false | CorsOptions;
  /** Origins, beside the own one and those of `cors` with credentials, whose pages may change things with cookies; `false` checks nothing. */
  readonly csrf?: false | { readonly origins?: readonly string[] };
  /** Takes security events; without it they are warnings of `logger`. */
  readonly onSecurityEvent?: OnSecurityEvent;
}

/** `security` is required as soon as the document has a secured operation. */
export type RouterOptions<Security> = CommonOptions &
  (keyof Security extends never
    ? { readonly security?: Security }
    : { readonly security: Security });
