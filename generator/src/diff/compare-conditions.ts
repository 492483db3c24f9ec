/** Room `diff`: `not`, and `if` with its branches. */
import type { Schema } from "../model/schema.js";
import type { Effect } from "./change.js";
import type { Comparison } from "./schema-graph.js";

export function compareConditions(comparison: Comparison): void {
  compareNots(comparison);
  const { before, after, note, below, effectOf } = comparison;
  const count = Math.max(before.conditions.length, after.conditions.length);
  for (let index = 0; index < count; index++) {
    const old = before.conditions[index];
    const now = after.conditions[index];
    const origins = { before: old?.origin, after: now?.origin };
    if (!old) note("condition-added", "has a condition now", origins);
    else if (!now)
      note("condition-removed", "no longer has a condition", origins);
    else if (effectOf([old.value.test], [now.value.test]) !== "none") {
      note("condition-changed", "has another condition", origins);
    } else {
      below("(then)", optional(old.value.yes), optional(now.value.yes));
      below("(else)", optional(old.value.no), optional(now.value.no));
    }
  }
}

function optional(schema: Schema | undefined): Schema[] {
  return schema ? [schema] : [];
}

const TOLD: Record<
  Exclude<Effect, "none">,
  ["not-tightened" | "not-loosened" | "not-changed", string]
> = {
  widens: ["not-tightened", "forbids more than before"],
  narrows: ["not-loosened", "forbids less than before"],
  both: ["not-changed", "forbids other values than before"],
};

/** More of what is forbidden is less of what is allowed. */
function compareNots({ before, after, note, effectOf }: Comparison): void {
  const count = Math.max(before.nots.length, after.nots.length);
  for (let index = 0; index < count; index++) {
    const old = before.nots[index];
    const now = after.nots[index];
    const origins = { before: old?.origin, after: now?.origin };
    if (!old) note("not-added", "forbids certain values now", origins);
    else if (!now)
      note("not-removed", "no longer forbids certain values", origins);
    else {
      const effect = effectOf([old], [now]);
      if (effect !== "none") note(...TOLD[effect], origins);
    }
  }
}
