/** Room `streaming`: items become text, one by one, when the connection asks for more. */

/** Sent when nothing else was for a while, so that nobody between takes the connection for dead. */
export interface Heartbeat {
  /** Milliseconds. */
  readonly every: number;
  readonly text: string;
}

/** A stream of text with a pulse that the server may set. */
export interface EncodedItems extends AsyncIterable<string> {
  /** `undefined` where the format has no comments. */
  heartbeat: Heartbeat | undefined;
}

const BEAT: unique symbol = Symbol("heartbeat");

/** By hand instead of by a generator, whose `return()` would wait for an item that may never come. */
export function encodedItems(
  source: unknown,
  encode: (item: unknown) => string,
  heartbeat?: Heartbeat,
): EncodedItems {
  const open = openerOf(source);
  const stream: EncodedItems = {
    heartbeat,
    [Symbol.asyncIterator](): AsyncIterator<string> {
      const iterator = open();
      let pending: Promise<IteratorResult<unknown>> | undefined;
      let wake: (() => void) | undefined;
      // The client learns at once that the stream is there, however long the first item takes.
      let opening = heartbeat?.text;
      return {
        async next() {
          if (opening !== undefined) {
            const value = opening;
            opening = undefined;
            return { done: false, value };
          }
          pending ??= Promise.resolve(iterator.next());
          // After a heartbeat nobody may be waiting for it any more.
          pending.catch(() => {});
          const beat = stream.heartbeat;
          const result =
            beat === undefined
              ? await pending
              : await sooner(pending, beat.every, (stop) => {
                  wake = stop;
                });
          if (result === BEAT) return { done: false, value: beat?.text ?? "" };
          pending = undefined;
          if (result.done === true) return { done: true, value: undefined };
          return { done: false, value: encode(result.value) };
        },
        async return() {
          wake?.();
          await iterator.return?.();
          return { done: true, value: undefined };
        },
      };
    },
  };
  return stream;
}

/** The item, or the heartbeat when its time comes first. */
function sooner<Item>(
  pending: Promise<Item>,
  every: number,
  onWait: (stop: () => void) => void,
): Promise<Item | typeof BEAT> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(BEAT), every);
    const stop = (): void => clearTimeout(timer);
    onWait(stop);
    pending.finally(stop).then(resolve, reject);
  });
}

type AnyIterator = AsyncIterator<unknown> | Iterator<unknown>;

function openerOf(source: unknown): () => AnyIterator {
  if (typeof source === "object" && source !== null) {
    if (isAsyncIterable(source)) return () => source[Symbol.asyncIterator]();
    if (isIterable(source)) return () => source[Symbol.iterator]();
  }
  throw new TypeError("the body of a stream of items is no iterable");
}

function isAsyncIterable(source: object): source is AsyncIterable<unknown> {
  return Symbol.asyncIterator in source;
}

function isIterable(source: object): source is Iterable<unknown> {
  return Symbol.iterator in source;
}
