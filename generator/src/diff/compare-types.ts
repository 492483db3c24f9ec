/** Room `diff`: `type`, `enum`, `const`, nullability, and what allows nothing. */
import type { Json } from "../load/document.js";
import type { Comparison } from "./schema-graph.js";
import { type Atom, atomOf, ATOMS, jsonKey, type Shape } from "./shape.js";

/** False when one side allows nothing: there is nothing more to compare. */
export function compareTypes(comparison: Comparison): boolean {
  const { before, after, note } = comparison;
  const old = allowedAtoms(before);
  const now = allowedAtoms(after);
  const isNever = { before: old.size === 0, after: now.size === 0 };
  if (isNever.before || isNever.after) {
    if (isNever.before !== isNever.after) {
      const what = isNever.before ? "value-allowed" : "value-forbidden";
      note(
        what,
        isNever.before
          ? "was forbidden and is allowed now"
          : "is forbidden now",
      );
    }
    return false;
  }
  compareAtoms(comparison, old, now);
  compareValues(comparison);
  compareAnnotations(comparison);
  return true;
}

/** The kinds of values that are possible at all. */
export function allowedAtoms({
  never,
  types,
  values,
}: Shape): ReadonlySet<Atom> {
  if (never) return new Set();
  const named: ReadonlySet<Atom> = types?.value ?? new Set(ATOMS);
  if (!values) return named;
  return new Set(values.value.map(atomOf).filter((each) => named.has(each)));
}

const SCALARS: ReadonlySet<Atom> = new Set<Atom>([
  "null",
  "boolean",
  "integer",
  "fraction",
]);

function compareAtoms(
  { before, after, writing, note }: Comparison,
  old: ReadonlySet<Atom>,
  now: ReadonlySet<Atom>,
): void {
  const covers = (atoms: ReadonlySet<Atom>, atom: Atom) =>
    atoms.has(atom) ||
    (writing === "text" && SCALARS.has(atom) && atoms.has("string"));
  let gone = [...old].filter((each) => !covers(now, each));
  let come = [...now].filter((each) => !covers(old, each));
  const origins = {
    before: before.types?.origin ?? before.values?.origin,
    after: after.types?.origin ?? after.values?.origin,
  };
  // "Or null" is a word of its own, but for what was or becomes anything.
  if (old.size < ATOMS.length && now.size < ATOMS.length) {
    if (gone.includes("null"))
      note("became-not-nullable", "may no longer be null", origins);
    if (come.includes("null"))
      note("became-nullable", "may be null now", origins);
    gone = gone.filter((each) => each !== "null");
    come = come.filter((each) => each !== "null");
  }
  // The values say more than their types.
  if (before.values && after.values) return;
  const detail = `was ${typeNames(old)}, is ${typeNames(now)}`;
  const isBounded =
    writing === "text" &&
    now.has("string") &&
    !old.has("string") &&
    (after.patterns.length > 0 ||
      after.formats.length > 0 ||
      after.minLength ||
      after.maxLength ||
      after.values);
  if (gone.length > 0 && come.length > 0) note("type-changed", detail, origins);
  else if (gone.length > 0) note("type-narrowed", detail, origins);
  else if (come.length > 0)
    note(isBounded ? "type-changed" : "type-widened", detail, origins);
}

export function typeNames(atoms: ReadonlySet<Atom>): string {
  if (atoms.size === ATOMS.length) return "any type";
  const names: string[] = ATOMS.filter((atom) => atoms.has(atom)).flatMap(
    (atom) => {
      if (atom === "fraction") return ["number"];
      return atom === "integer" && atoms.has("fraction") ? [] : [atom];
    },
  );
  return names.map((name) => `\`${name}\``).join(" or ");
}

function compareValues({ before, after, note }: Comparison): void {
  const origins = {
    before: before.values?.origin,
    after: after.values?.origin,
  };
  compareExtensible(before, after, note);
  if (!before.values && !after.values) return;
  const shown = (values: readonly Json[]) => values.map(showValue).join(", ");
  if (!before.values && after.values) {
    if (after.extensible?.value === true) return;
    note(
      "enum-added",
      `is restricted to ${shown(after.values.value)}`,
      origins,
    );
  } else if (before.values && !after.values) {
    if (before.extensible?.value === true) return;
    note(
      "enum-removed",
      `is no longer restricted to ${shown(before.values.value)}`,
      origins,
    );
  } else {
    const isOpen =
      after.extensible?.value === true || before.extensible?.value === true;
    const { gone, come } = difference(possible(before), possible(after));
    for (const each of gone) {
      note(
        "enum-value-removed",
        `no longer allows ${showValue(each)}`,
        origins,
      );
    }
    for (const each of come) {
      note(
        isOpen ? "extensible-enum-value-added" : "enum-value-added",
        `allows ${showValue(each)} now`,
        origins,
      );
    }
  }
}

function compareExtensible(
  before: Shape,
  after: Shape,
  note: Comparison["note"],
): void {
  const old = before.extensible;
  const now = after.extensible;
  if (!old || !now || old.value === true || now.value === true) return;
  const origins = { before: old.origin, after: now.origin };
  const { gone, come } = difference(old.value, now.value);
  for (const each of gone) {
    note(
      "extensible-enum-value-removed",
      `no longer knows ${showValue(each)}`,
      origins,
    );
  }
  for (const each of come) {
    note(
      "extensible-enum-value-added",
      `knows ${showValue(each)} now`,
      origins,
    );
  }
}

/** Null is spoken of as a type; a value of another type than the schema's is none. */
function possible({ types, values }: Shape): Json[] {
  return (values?.value ?? []).filter(
    (each) => each !== null && (types?.value.has(atomOf(each)) ?? true),
  );
}

function difference(before: readonly Json[], after: readonly Json[]) {
  const old = new Map(before.map((each) => [jsonKey(each), each]));
  const now = new Map(after.map((each) => [jsonKey(each), each]));
  return {
    gone: [...old].filter(([key]) => !now.has(key)).map(([, each]) => each),
    come: [...now].filter(([key]) => !old.has(key)).map(([, each]) => each),
  };
}

function compareAnnotations({
  before,
  after,
  direction,
  note,
}: Comparison): void {
  const old = before.default;
  const now = after.default;
  const origins = { before: old?.origin, after: now?.origin };
  if (direction === "request" && (old || now)) {
    if (!old && now)
      note(
        "default-added",
        `has the default ${showValue(now.value)} now`,
        origins,
      );
    else if (old && !now)
      note(
        "default-removed",
        `no longer has the default ${showValue(old.value)}`,
        origins,
      );
    else if (old && now && jsonKey(old.value) !== jsonKey(now.value)) {
      note(
        "default-changed",
        `has the default ${showValue(now.value)}, which was ${showValue(old.value)}`,
        origins,
      );
    }
  }
  const marks = { before: before.deprecated, after: after.deprecated };
  if (!before.deprecated && after.deprecated)
    note("deprecated", "is deprecated", marks);
  if (before.deprecated && !after.deprecated)
    note("undeprecated", "is no longer deprecated", marks);
}

const LONGEST = 60;

export function showValue(value: Json): string {
  const text = JSON.stringify(value);
  return `\`${text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text}\``;
}
