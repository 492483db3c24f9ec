/** Room `contract`: how a policy takes part in a request. Each room of policies gives one `Policy` for each operation that declares it. */
import type { RouterContext } from "@koa/router";
import type { Logger } from "./logger.js";
import type { CommonOptions } from "./options.js";
import type { SecurityEventName } from "./security-event.js";
import type { SecurityRequirement } from "./security.js";
import type { WireResponse } from "./wire-response.js";

/** What a policy is bound to: one operation of one router. */
export interface PolicyContext {
  readonly operationId: string;
  /** Upper case. */
  readonly method: string;
  /** The path key of the document. */
  readonly path: string;
  readonly options: CommonOptions;
  readonly logger: Logger;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Writes to the log of security events. Never give it a secret. */
  report(
    ctx: RouterContext,
    event: SecurityEventName,
    fields?: Readonly<Record<string, unknown>>,
  ): void;
  /** The id by which the log knows the request. */
  requestIdOf(ctx: RouterContext): string;
  /** What all operations of the router share, such as a store in memory; made with the first call of each key. */
  shared<Value>(key: string, make: () => Value): Value;
}

/** The decoded request, as the reader gave it. */
export interface DecodedRequest {
  readonly params?: unknown;
  readonly query?: unknown;
  readonly headers?: unknown;
  readonly cookies?: unknown;
  readonly body?: unknown;
}

/** What a handler answered, before it is serialized. */
export interface HandlerResponse {
  readonly status: number;
  readonly body?: unknown;
  readonly type?: string;
  readonly headers?: object;
  readonly total?: unknown;
  readonly next?: unknown;
}

/** One request on its way. Headers that go with whatever answer are set on `ctx`; `Vary` only by `ctx.vary()`. */
export interface Exchange {
  readonly ctx: RouterContext;
  /** The path's variables, undecoded, by name. */
  readonly variables: Readonly<Record<string, string>>;
  /** What authentication gave; `undefined` before it, and for anonymous requests. */
  readonly principal: unknown;
  /** The schemes that let it in, with the scopes that were asked for; `undefined` for anonymous requests and open operations. */
  readonly granted: SecurityRequirement | undefined;
  /** `undefined` until the request was read and found valid. */
  readonly request: DecodedRequest | undefined;
  /** Adds a member to the handler's input; only in `enter`. */
  give(name: string, value: unknown): void;
}

/** How a request ended. */
export interface Outcome {
  /** What is sent; `undefined` when the client is gone or the handler answered by itself. */
  readonly wire: WireResponse | undefined;
  /** What a step threw, if one did. */
  readonly error?: unknown;
}

/**
 * Layers around the handler, in the order of `server/policy-rooms.ts`: `arrive`, `admit` and `enter` run from the
 * outermost inwards, `shape`, `seal` and `settle` outwards. Any step may throw a problem. `enter` may answer in the
 * handler's place; then only the layers outside of it seal. `settle` runs for every layer whose `arrive` was called,
 * however the request ends, before the answer is written.
 */
export interface Policy {
  /** Before authentication. */
  arrive?(exchange: Exchange): void | Promise<void>;
  /** After authentication, before anything of the request is read. */
  admit?(exchange: Exchange): void | Promise<void>;
  /** After the request was read and found valid. */
  enter?(
    exchange: Exchange,
  ): WireResponse | undefined | Promise<WireResponse | undefined>;
  /** Calls the handler, once; what comes of it is the answer. Never called for what `enter` has answered. */
  around?(exchange: Exchange, call: () => Promise<unknown>): Promise<unknown>;
  /** The handler's answer, before it is serialized. */
  shape?(
    exchange: Exchange,
    response: HandlerResponse,
  ): HandlerResponse | Promise<HandlerResponse>;
  /** The serialized answer. Not called for problems that were thrown. */
  seal?(
    exchange: Exchange,
    wire: WireResponse,
  ): WireResponse | Promise<WireResponse>;
  /** The end. What is thrown here is logged and changes nothing. */
  settle?(exchange: Exchange, outcome: Outcome): void | Promise<void>;
}
