/** Room `diff`: the keywords of lists. */
import type { Schema } from "../model/schema.js";
import { compareLimits } from "./compare-scalars.js";
import { allowedAtoms } from "./compare-types.js";
import type { Comparison } from "./schema-graph.js";
import type { Items, Placed } from "./shape.js";

export function compareArrays(comparison: Comparison): void {
  const { before, after, note, below } = comparison;
  if (!allowedAtoms(before).has("array") || !allowedAtoms(after).has("array"))
    return;
  compareLimits(comparison, "minItems", "min-items", 1);
  compareLimits(comparison, "maxItems", "max-items", -1);
  const unique = { before: before.unique, after: after.unique };
  if (!before.unique && after.unique)
    note("unique-items-added", "may no longer repeat an item", unique);
  if (before.unique && !after.unique)
    note("unique-items-removed", "may repeat items now", unique);

  const fixed = Math.max(longest(before.lists), longest(after.lists));
  for (let index = 0; index < fixed; index++) {
    below(
      `[${index}]`,
      itemsAt(before.lists, index),
      itemsAt(after.lists, index),
    );
  }
  below("[]", itemsAt(before.lists, fixed), itemsAt(after.lists, fixed));
  compareContains(comparison);
}

function longest(lists: readonly Placed<Items>[]): number {
  return Math.max(0, ...lists.map(({ value }) => value.prefix.length));
}

function itemsAt(lists: readonly Placed<Items>[], index: number): Schema[] {
  return lists.flatMap(
    ({ value: { prefix, items } }) => prefix[index] ?? items ?? [],
  );
}

function compareContains(comparison: Comparison): void {
  const { before, after, note } = comparison;
  const [old] = before.contains;
  const [now] = after.contains;
  const origins = { before: old?.origin, after: now?.origin };
  if (!old && !now) return;
  if (!old) note("contains-added", "has to contain certain items now", origins);
  else if (!now)
    note("contains-removed", "need no longer contain certain items", origins);
  else if (before.contains.length + after.contains.length > 2) {
    const same =
      before.contains.length === after.contains.length &&
      before.contains.every(({ value }, index) =>
        isSame(comparison, value, after.contains[index]?.value),
      );
    if (!same) note("contains-changed", "has to contain other items", origins);
  } else if (!isSame(comparison, old.value, now.value)) {
    const effect = comparison.effectOf([old.value.schema], [now.value.schema]);
    const limited = old.value.max !== undefined || now.value.max !== undefined;
    const fewer = now.value.min < old.value.min;
    const more = now.value.min > old.value.min;
    if (limited)
      note("contains-changed", "has to contain other items", origins);
    else if ((effect === "none" || effect === "narrows") && !fewer)
      note(
        "contains-tightened",
        "has to contain fewer kinds of items, or more of them",
        origins,
      );
    else if ((effect === "none" || effect === "widens") && !more)
      note(
        "contains-loosened",
        "has to contain more kinds of items, or fewer of them",
        origins,
      );
    else note("contains-changed", "has to contain other items", origins);
  }
}

type Contains = Comparison["before"]["contains"][number]["value"];

function isSame(
  comparison: Comparison,
  old: Contains,
  now: Contains | undefined,
): boolean {
  return (
    now !== undefined &&
    old.min === now.min &&
    old.max === now.max &&
    comparison.effectOf([old.schema], [now.schema]) === "none"
  );
}

/** After all else: which items are evaluated depends on everything in place. */
export function compareUnevaluatedItems(comparison: Comparison): void {
  const { before, after, note, effectOf } = comparison;
  const old = before.unevaluatedItems;
  const now = after.unevaluatedItems;
  const origins = { before: old[0]?.origin, after: now[0]?.origin };
  if (old.length === 0 && now.length === 0) return;
  if (old.length === 0)
    note("unevaluated-items-added", "restricts all other items now", origins);
  else if (now.length === 0)
    note(
      "unevaluated-items-removed",
      "no longer restricts all other items",
      origins,
    );
  else {
    const isNested = [before, after].some(
      ({ unions, conditions }) => unions.length + conditions.length > 0,
    );
    const found = comparison.sofar();
    const isAffected =
      effectOf(old, now) !== "none" ||
      longest(before.lists) !== longest(after.lists) ||
      isOpenEnded(before.lists) !== isOpenEnded(after.lists) ||
      found.some(({ what }) => what.startsWith("contains-")) ||
      (isNested && found.length > 0);
    if (isAffected)
      note(
        "unevaluated-items-changed",
        "restricts other items than before",
        origins,
      );
  }
}

function isOpenEnded(lists: readonly Placed<Items>[]): boolean {
  return lists.some(({ value }) => value.items !== undefined);
}
