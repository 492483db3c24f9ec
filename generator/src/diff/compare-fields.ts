/** Room `diff`: single members of objects: declared, required, and who may write or read them. */
import type { Pattern, Schema } from "../model/schema.js";
import { isClosed } from "./compare-objects.js";
import type { Comparison } from "./schema-graph.js";
import type { Shape } from "./shape.js";

export function compareFields(comparison: Comparison): void {
  const { before, after } = comparison;
  for (const name of before.fields.keys()) compareField(comparison, name);
  for (const name of after.fields.keys()) {
    if (!before.fields.has(name)) compareField(comparison, name);
  }
  for (const name of new Set([
    ...before.required.keys(),
    ...after.required.keys(),
  ])) {
    if (!before.fields.has(name) && !after.fields.has(name))
      compareRequired(comparison, name);
  }
}

interface Member {
  /** `apart`: it is not part of values in this direction: read-only in requests, write-only in responses. */
  state: "absent" | "present" | "apart";
  required: boolean;
  schemas: Schema[];
}

function memberOf(
  shape: Shape,
  name: string,
  { direction }: Comparison,
): Member {
  const declared = shape.fields.get(name);
  const left = direction === "request" ? "read" : "write";
  const isApart = declared?.some(({ access }) => access === left) ?? false;
  return {
    state: declared === undefined ? "absent" : isApart ? "apart" : "present",
    required: !isApart && shape.required.has(name),
    schemas: [...(declared ?? []), ...othersFor(shape, name)],
  };
}

/** What patterns and `additionalProperties` say of a member. */
function othersFor(shape: Shape, name: string): Schema[] {
  const matching = shape.patternFields.filter(({ value }) =>
    matches(value.pattern, name),
  );
  const rests = shape.closings.filter(
    ({ value }) =>
      !value.names.has(name) &&
      !value.patterns.some((each) => matches(each, name)),
  );
  const unevaluated =
    shape.fields.has(name) || rests.length > 0 || matching.length > 0
      ? []
      : shape.unevaluatedProperties;
  return [
    ...matching.map(({ value }) => value.schema),
    ...rests.map(({ value }) => value.rest),
    ...unevaluated,
  ];
}

/** A pattern that may run for ever is not run: the member counts as one that it does not speak of. */
function matches({ source, flags, unsafe }: Pattern, name: string): boolean {
  return !unsafe && new RegExp(source, flags).test(name);
}

function compareField(comparison: Comparison, name: string): void {
  const { before, after, note, direction, below } = comparison;
  const old = memberOf(before, name, comparison);
  const now = memberOf(after, name, comparison);
  const shown = `\`${name}\``;
  const origins = {
    before: before.fields.get(name)?.[0]?.origin,
    after: after.fields.get(name)?.[0]?.origin,
  };
  if (old.state === "apart" && now.state === "apart") return;
  if (now.state === "apart") {
    if (direction === "request")
      note(
        "property-became-read-only",
        `ignores ${shown} now, which is read-only`,
        origins,
      );
    else
      note(
        "property-became-write-only",
        `no longer has ${shown}, which is write-only`,
        origins,
      );
    return;
  }
  if (old.state === "apart") {
    const what =
      direction === "request"
        ? "property-became-writable"
        : "property-became-readable";
    if (now.required && direction === "request")
      note(
        "required-property-added",
        `requires ${shown}, which is new`,
        origins,
      );
    else if (now.state === "present") note(what, `has ${shown} now`, origins);
    return;
  }
  if (old.state === "absent") {
    const closed = isClosed(comparison, "before", old.schemas);
    if (now.required && !old.required)
      note(
        "required-property-added",
        `requires ${shown}, which is new`,
        origins,
      );
    else
      note(
        closed ? "property-added-to-closed" : "property-added",
        `has ${shown}, which is new`,
        origins,
      );
    if (!now.required && old.required)
      note("property-became-optional", `no longer requires ${shown}`, origins);
    if (!closed && old.schemas.length > 0)
      below(`.${name}`, old.schemas, now.schemas);
    return;
  }
  if (now.state === "absent") {
    noteRemoved(comparison, name, old, now);
    if (now.required && !old.required)
      note("property-became-required", `requires ${shown} now`, origins);
    return;
  }
  compareRequired(comparison, name);
  below(`.${name}`, old.schemas, now.schemas);
}

function noteRemoved(
  comparison: Comparison,
  name: string,
  old: Member,
  now: Member,
): void {
  const { before, note, direction, below } = comparison;
  const shown = `\`${name}\``;
  const origins = { before: before.fields.get(name)?.[0]?.origin };
  if (direction === "request" && isClosed(comparison, "after", now.schemas)) {
    note("property-forbidden", `no longer allows ${shown}`, origins);
    return;
  }
  note(
    old.required && !now.required
      ? "required-property-removed"
      : "property-removed",
    `no longer has ${shown}`,
    origins,
  );
  if (now.schemas.length > 0 && direction === "request")
    below(`.${name}`, old.schemas, now.schemas);
}

function compareRequired(
  { before, after, note, direction }: Comparison,
  name: string,
): void {
  const left = direction === "request" ? "read" : "write";
  const isRequired = (shape: Shape) =>
    shape.required.has(name) &&
    !shape.fields.get(name)?.some(({ access }) => access === left);
  const was = isRequired(before);
  const is = isRequired(after);
  const origins = {
    before: before.required.get(name),
    after: after.required.get(name),
  };
  if (!was && is)
    note("property-became-required", `requires \`${name}\` now`, origins);
  if (was && !is)
    note("property-became-optional", `no longer requires \`${name}\``, origins);
}
