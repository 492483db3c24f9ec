/** Room `contract`: what handlers of paged lists are given. */
import type { Cursors } from "./cursors.js";

/** Style `page`: `?page=2&limit=20`. */
export interface PageInput {
  /** From 1 on. */
  readonly number: number;
  readonly limit: number;
  /** Items before this page. */
  readonly offset: number;
}

/** Style `offset`: `?offset=20&limit=20`. */
export interface OffsetInput {
  readonly offset: number;
  readonly limit: number;
}

/** `Cursors[Id]` where the user declared it, else `string`. */
export type CursorOf<Id extends string> = Id extends keyof Cursors
  ? Cursors[Id]
  : string;

/** Style `cursor`. */
export interface CursorInput<Id extends string> {
  /** What the handler gave as `next` with the page before; `undefined` for the first page. */
  readonly cursor: CursorOf<Id> | undefined;
  readonly limit: number;
}
