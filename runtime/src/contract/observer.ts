/** Room `contract`: those who look at every request of an application, and what they learn of it. */
import type { Context } from "koa";

/** One request. The members are filled in as it goes. */
export interface RequestFacts {
  readonly method: string;
  /** The template of the path, `/books/{bookId}`; `undefined` when no route took the request. */
  readonly route: string | undefined;
  readonly operationId: string | undefined;
  readonly status: number;
  /** Milliseconds until the answer was handed to the connection, or until it was cut. */
  readonly duration: number;
  /** Bytes of the content, where a length was declared. */
  readonly requestBytes: number | undefined;
  readonly responseBytes: number | undefined;
  /** Faults found in the request. */
  readonly invalid: number;
  /** Whether the handler gave a status that the document does not declare. */
  readonly undeclared: boolean;
  /** A fault of ours, or the cause of a problem that was thrown. */
  readonly error: unknown;
  /** Whether the client was gone before it had the whole answer. */
  readonly aborted: boolean;
  /** The decoded request, when somebody wants bodies. */
  readonly request: object | undefined;
}

/** What an observer throws is dropped. */
export interface RequestObserver {
  /** Whether `request` is to be kept. */
  readonly wantsBodies?: boolean;
  /** A request has come in: nothing is known but `method`. */
  begin?(ctx: Context, facts: RequestFacts): void;
  /** The answer is ready or on its way; still in the asynchronous context of the request. */
  answered?(ctx: Context, facts: RequestFacts): void;
  /** It is over. */
  end?(ctx: Context, facts: RequestFacts): void;
}

/** Where the facts stand on a context that is observed. */
export const OBSERVED: unique symbol = Symbol("observed");

/** Where `createApp` has an answer before it is written. */
export const READY: unique symbol = Symbol("ready answer");

/** The content of an answer that went past Koa's response. */
export function readyBodyOf(ctx: object): unknown {
  const ready: unknown = Reflect.get(ctx, READY);
  return typeof ready === "object" && ready !== null && "body" in ready
    ? ready.body
    : undefined;
}

/** What the pipeline writes down. */
export type RequestNotes = {
  -readonly [
    Name in "invalid" | "undeclared" | "error" | "request"
  ]: RequestFacts[Name];
} & { readonly wantsBodies: boolean };

/** `undefined` where nobody looks. */
export function notesOf(ctx: object): RequestNotes | undefined {
  return Reflect.get(ctx, OBSERVED) as RequestNotes | undefined;
}
