/** Room `contract`: the entries of a map from the oldest on, round after round. */

/**
 * Gives one entry after the other, and begins anew at the end; `undefined` for an empty map. A new iterator would pass
 * all the holes that deleted entries have left at the front, each time: with 100,000 entries a quarter of a millisecond.
 */
export function oldestFirst<Key, Value>(
  map: ReadonlyMap<Key, Value>,
): () => readonly [Key, Value] | undefined {
  let hand = map.entries();
  return () => {
    let step = hand.next();
    if (step.done === true) {
      hand = map.entries();
      step = hand.next();
    }
    return step.done === true ? undefined : step.value;
  };
}
