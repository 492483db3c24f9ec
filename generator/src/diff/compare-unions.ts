/** Room `diff`: `anyOf`, `oneOf` and their discriminators. */
import type { Schema, Tag, Union } from "../model/schema.js";
import { areApart } from "./overlap.js";
import type { Comparison } from "./schema-graph.js";
import { effectOf as strictEffect } from "./severity.js";
import { type Placed, saysOnlyUnions } from "./shape.js";

export function compareUnions(comparison: Comparison): void {
  const { before, after, note } = comparison;
  for (const [index, union] of before.unions.entries()) {
    const other = after.unions[index];
    if (other) compareUnion(comparison, union, other);
    else
      note("union-removed", "is no longer one of several", {
        before: union.origin,
      });
  }
  for (const union of after.unions.slice(before.unions.length)) {
    note("union-added", "has to be one of several now", {
      after: union.origin,
    });
  }
}

/**
 * What was one thing may be one of several now, or the other way round. True: that is all that has happened. Asked before
 * all else, as nothing that the union says stands outside of its branches.
 */
export function compareWithBranch({
  before,
  after,
  effectOf,
  flat,
  note,
}: Comparison): boolean {
  const grew = before.unions.length === 0;
  const [union] = grew ? after.unions : before.unions;
  const count = before.unions.length + after.unions.length;
  if (!union || count > 1 || !saysOnlyUnions(grew ? after : before))
    return false;
  const { mode, of, tag } = union.value;
  const side = grew ? "after" : "before";
  if (
    mode === "one" &&
    !areApart(
      of.map((each) => flat(side, [each])),
      tag,
    )
  )
    return false;
  const whole = (grew ? before : after).source;
  const isBranch = of.some((branch) => {
    const effect = grew ? effectOf(whole, [branch]) : effectOf([branch], whole);
    return effect === "none" || effect === (grew ? "widens" : "narrows");
  });
  if (!isBranch) return false;
  const origins = grew ? { after: union.origin } : { before: union.origin };
  if (grew) note("branch-added", "may be one of several now", origins);
  else note("branch-removed", "is only one of the former kinds", origins);
  return true;
}

function compareUnion(
  comparison: Comparison,
  old: Placed<Union>,
  now: Placed<Union>,
): void {
  const { note, below, flat } = comparison;
  const origins = { before: old.origin, after: now.origin };
  const earlier = comparison.sofar().length;
  const { pairs, gone, come } = pairBranches(comparison, old.value, now.value);
  for (const { name, before, after } of pairs)
    below(`(${name})`, [before], [after]);
  for (const each of gone)
    note(
      "branch-removed",
      `no longer allows ${nameOf(comparison.models.before, each)}`,
      { before: each.origin, after: now.origin },
    );
  for (const each of come)
    note(
      "branch-added",
      `allows ${nameOf(comparison.models.after, each)} now`,
      { before: old.origin, after: each.origin },
    );

  const isExclusive = old.value.mode === "one" || now.value.mode === "one";
  if (isExclusive) {
    const apart =
      areApart(
        old.value.of.map((each) => flat("before", [each])),
        old.value.tag,
      ) &&
      areApart(
        now.value.of.map((each) => flat("after", [each])),
        now.value.tag,
      );
    const found = comparison.sofar();
    if (old.value.mode !== now.value.mode) {
      if (!apart)
        note(
          now.value.mode === "one"
            ? "any-of-became-one-of"
            : "one-of-became-any-of",
          now.value.mode === "one"
            ? "has to be exactly one of its kinds"
            : "may be several of its kinds at once",
          origins,
        );
    } else if (
      !apart &&
      found.length > earlier &&
      found.some(({ what }) => strictEffect(what) !== "none")
    ) {
      note(
        "branches-overlap",
        "has kinds that a value may be several of at once, and one of them has changed",
        origins,
      );
    }
  }
  compareTags(comparison, old, now);
}

interface Branches {
  pairs: { name: string; before: Schema; after: Schema }[];
  gone: Schema[];
  come: Schema[];
}

/** By name, by the value of the discriminator, by what they say; what is left in pairs, in order. */
function pairBranches(
  { models, effectOf }: Comparison,
  old: Union,
  now: Union,
): Branches {
  const pairs: Branches["pairs"] = [];
  let gone = [...old.of];
  const come = [...now.of];
  const take = (
    fits: (before: Schema, after: Schema) => string | undefined,
  ) => {
    gone = gone.filter((before) => {
      const index = come.findIndex(
        (after) => fits(before, after) !== undefined,
      );
      const after = come[index];
      if (!after) return true;
      pairs.push({ name: fits(before, after) ?? "", before, after });
      come.splice(index, 1);
      return false;
    });
  };
  take((before, after) => {
    const name = titleOf(models.before, before);
    return name !== undefined && name === titleOf(models.after, after)
      ? name
      : undefined;
  });
  take((before, after) => {
    const value = tagValue(old, before);
    return value !== undefined && value === tagValue(now, after)
      ? value
      : undefined;
  });
  take((before, after) =>
    effectOf([before], [after]) === "none" ? "kind" : undefined,
  );
  if (gone.length === come.length) {
    for (const [index, before] of gone.entries()) {
      const after = come[index];
      if (after)
        pairs.push({
          name: `kind ${old.of.indexOf(before) + 1}`,
          before,
          after,
        });
    }
    return { pairs, gone: [], come: [] };
  }
  return { pairs, gone, come };
}

function titleOf(
  models: Comparison["models"]["before"],
  { refs }: Schema,
): string | undefined {
  const [id] = refs;
  return id === undefined ? undefined : models.get(id)?.title;
}

function nameOf(
  models: Comparison["models"]["before"],
  schema: Schema,
): string {
  const title = titleOf(models, schema);
  if (title !== undefined) return `\`${title}\``;
  return schema.doc.title === undefined
    ? "one of its kinds"
    : `\`${schema.doc.title}\``;
}

function tagValue({ tag, of }: Union, branch: Schema): string | undefined {
  const index = of.indexOf(branch);
  return tag?.branches.find((each) => each.branch === index)?.value;
}

function compareTags(
  { note }: Comparison,
  old: Placed<Union>,
  now: Placed<Union>,
): void {
  const before = declared(old.value.tag);
  const after = declared(now.value.tag);
  const origins = { before: old.origin, after: now.origin };
  if (!before && after)
    note(
      "discriminator-added",
      `is told apart by \`${after.property}\` now`,
      origins,
    );
  else if (before && !after)
    note(
      "discriminator-removed",
      `is no longer told apart by \`${before.property}\``,
      origins,
    );
  else if (before && after && before.property !== after.property) {
    note(
      "discriminator-changed",
      `is told apart by \`${after.property}\`, which was \`${before.property}\``,
      origins,
    );
  } else if (before && after) {
    const known = new Set(before.branches.map(({ value }) => value));
    const values = new Set(after.branches.map(({ value }) => value));
    for (const value of known) {
      if (!values.has(value))
        note(
          "discriminator-value-removed",
          `no longer knows \`${before.property}: ${value}\``,
          origins,
        );
    }
    for (const value of values) {
      if (!known.has(value))
        note(
          "discriminator-value-added",
          `knows \`${before.property}: ${value}\` now`,
          origins,
        );
    }
  }
}

function declared(tag: Tag | undefined): Tag | undefined {
  return tag?.declared ? tag : undefined;
}
