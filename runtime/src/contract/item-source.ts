/** Room `contract`: what a handler gives where the contract declares a stream of items. */

/** Items are taken one by one, as fast as the client reads; `return()` is called when it leaves. */
export type ItemSource<Item> = AsyncIterable<Item> | Iterable<Item>;
