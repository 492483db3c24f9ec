/** Room `diff`: the keywords of objects but for single members. */
import type { Schema } from "../model/schema.js";
import { compareFields } from "./compare-fields.js";
import { compareLimits, noteListed, unequal } from "./compare-scalars.js";
import { allowedAtoms } from "./compare-types.js";
import type { Comparison } from "./schema-graph.js";
import { effectOf as strictEffect } from "./severity.js";
import { type Closing, type Placed, jsonKey } from "./shape.js";

export function compareObjects(comparison: Comparison): void {
  const { before, after } = comparison;
  if (!allowedAtoms(before).has("object") || !allowedAtoms(after).has("object"))
    return;
  compareLimits(comparison, "minProperties", "min-properties", 1);
  compareLimits(comparison, "maxProperties", "max-properties", -1);
  compareFields(comparison);
  comparePatterns(comparison);
  compareClosings(comparison);
  compareNames(comparison);
  const dependent = unequal(
    before.dependentRequired,
    after.dependentRequired,
    ({ name, required }) => jsonKey([name, ...[...required].sort()]),
  );
  noteListed(
    comparison,
    dependent,
    {
      added: "dependent-required-added",
      removed: "dependent-required-removed",
    },
    ({ name, required }) =>
      `to have ${required.map((each) => `\`${each}\``).join(", ")} beside \`${name}\``,
  );
  compareDependentSchemas(comparison);
}

/** What `additionalProperties` demands of members that nothing else speaks of; nothing: anything goes. */
function restOf(closings: readonly Placed<Closing>[]): Schema[] {
  return closings.map(({ value }) => value.rest);
}

export function isClosed(
  { flat }: Comparison,
  side: "before" | "after",
  schemas: readonly Schema[],
): boolean {
  return schemas.length > 0 && allowedAtoms(flat(side, schemas)).size === 0;
}

function compareClosings(comparison: Comparison): void {
  const { before, after, note, below } = comparison;
  const old = restOf(before.closings);
  const now = restOf(after.closings);
  const origins = {
    before: before.closings[0]?.origin,
    after: after.closings[0]?.origin,
  };
  if (
    isClosed(comparison, "before", old) !== isClosed(comparison, "after", now)
  ) {
    if (isClosed(comparison, "after", now)) {
      note(
        "additional-properties-forbidden",
        "no longer allows members that are not declared",
        origins,
      );
    } else if (isOpen(comparison, "after", now)) {
      note(
        "additional-properties-allowed",
        "allows members that are not declared now",
        origins,
      );
    } else
      note(
        "additional-properties-allowed",
        "allows certain members that are not declared now",
        origins,
      );
    return;
  }
  const wasOpen = isOpen(comparison, "before", old);
  const isOpenNow = isOpen(comparison, "after", now);
  if (wasOpen && isOpenNow) return;
  if (wasOpen)
    note(
      "additional-properties-restricted",
      "restricts members that are not declared",
      origins,
    );
  else if (isOpenNow)
    note(
      "additional-properties-unrestricted",
      "no longer restricts members that are not declared",
      origins,
    );
  else below("{}", old, now);
}

function isOpen(
  { effectOf }: Comparison,
  side: "before" | "after",
  schemas: readonly Schema[],
): boolean {
  if (schemas.length === 0) return true;
  const effect =
    side === "before" ? effectOf([], schemas) : effectOf(schemas, []);
  return effect === "none";
}

function comparePatterns(comparison: Comparison): void {
  const { before, after, note, below } = comparison;
  const bySource = (list: Comparison["before"]["patternFields"]) => {
    const schemas = new Map<string, Schema[]>();
    for (const { value } of list) {
      schemas.set(value.pattern.source, [
        ...(schemas.get(value.pattern.source) ?? []),
        value.schema,
      ]);
    }
    return schemas;
  };
  const old = bySource(before.patternFields);
  const now = bySource(after.patternFields);
  const origins = {
    before: before.patternFields[0]?.origin,
    after: after.patternFields[0]?.origin,
  };
  for (const [source, schemas] of old) {
    const other = now.get(source);
    if (other) below(`{${source}}`, schemas, other);
    else if (isClosed(comparison, "after", restOf(after.closings))) {
      note(
        "pattern-property-forbidden",
        `no longer allows members like \`${source}\``,
        origins,
      );
    } else if (after.closings.length > 0 || after.patternFields.length > 0) {
      note(
        "pattern-property-changed",
        `speaks of members like \`${source}\` in another way`,
        origins,
      );
    } else
      note(
        "pattern-property-removed",
        `no longer speaks of members like \`${source}\``,
        origins,
      );
  }
  for (const source of now.keys()) {
    if (old.has(source)) continue;
    if (before.closings.length === 0) {
      note(
        "pattern-property-added",
        `speaks of members like \`${source}\` now`,
        origins,
      );
    } else if (
      isClosed(comparison, "before", restOf(before.closings)) &&
      before.patternFields.length === 0
    ) {
      note(
        "property-added-to-closed",
        `allows members like \`${source}\` now`,
        origins,
      );
    } else
      note(
        "pattern-property-changed",
        `speaks of members like \`${source}\` in another way`,
        origins,
      );
  }
}

function compareNames({ before, after, note, below }: Comparison): void {
  const [old] = before.names;
  const [now] = after.names;
  const origins = { before: old?.origin, after: now?.origin };
  if (!old && now)
    note(
      "property-names-added",
      "restricts the names of its members now",
      origins,
    );
  else if (old && !now)
    note(
      "property-names-removed",
      "no longer restricts the names of its members",
      origins,
    );
  else if (old && now) below("(names)", before.names, after.names);
}

function compareDependentSchemas({
  before,
  after,
  note,
  below,
}: Comparison): void {
  const old = new Map(
    before.dependentSchemas.map(({ value }) => [value.name, value.schema]),
  );
  const now = new Map(
    after.dependentSchemas.map(({ value }) => [value.name, value.schema]),
  );
  for (const [name, schema] of old) {
    const other = now.get(name);
    if (other) below(`(with ${name})`, [schema], [other]);
    else
      note("dependent-schema-removed", `no longer depends on \`${name}\``, {
        before: schema.origin,
      });
  }
  for (const [name, schema] of now) {
    if (!old.has(name))
      note("dependent-schema-added", `depends on \`${name}\` now`, {
        after: schema.origin,
      });
  }
}

/** After all else: which members are evaluated depends on everything in place. */
export function compareUnevaluatedProperties(comparison: Comparison): void {
  const { before, after, note, effectOf } = comparison;
  const old = before.unevaluatedProperties;
  const now = after.unevaluatedProperties;
  const origins = { before: old[0]?.origin, after: now[0]?.origin };
  if (old.length === 0 && now.length === 0) return;
  if (old.length === 0)
    note(
      "unevaluated-properties-added",
      "restricts all other members now",
      origins,
    );
  else if (now.length === 0)
    note(
      "unevaluated-properties-removed",
      "no longer restricts all other members",
      origins,
    );
  else {
    const isFalse =
      isClosed(comparison, "before", old) && isClosed(comparison, "after", now);
    const isNested = [before, after].some(
      ({ unions, conditions, dependentSchemas }) =>
        unions.length + conditions.length + dependentSchemas.length > 0,
    );
    const harmless = ({ what }: { what: Parameters<typeof strictEffect>[0] }) =>
      what === "property-added" ||
      what === "property-added-to-closed" ||
      strictEffect(what) === "none";
    const found = comparison.sofar();
    const isAffected =
      effectOf(old, now) !== "none" ||
      found.some(({ what }) => /^pattern-property|^additional-/.test(what)) ||
      ((isNested || !isFalse) &&
        !found.every((each) => isFalse && harmless(each)));
    if (isAffected)
      note(
        "unevaluated-properties-changed",
        "restricts other members than before",
        origins,
      );
  }
}
