/** Room `diff`: the keywords of strings and numbers. */
import { allowedAtoms } from "./compare-types.js";
import type { Comparison } from "./schema-graph.js";
import type { SchemaChange } from "./severity.js";
import type { Bound, Placed } from "./shape.js";

export function compareScalars(comparison: Comparison): void {
  const old = allowedAtoms(comparison.before);
  const now = allowedAtoms(comparison.after);
  const both = (atom: "string" | "integer" | "fraction") =>
    old.has(atom) && now.has(atom);
  if (both("string")) compareStrings(comparison);
  if (both("integer") || both("fraction")) compareNumbers(comparison);
}

function compareStrings(comparison: Comparison): void {
  const { before, after, note } = comparison;
  compareLimits(comparison, "minLength", "min-length", 1);
  compareLimits(comparison, "maxLength", "max-length", -1);
  const patterns = unequal(
    before.patterns,
    after.patterns,
    ({ source }) => source,
  );
  noteListed(
    comparison,
    patterns,
    {
      added: "pattern-added",
      removed: "pattern-removed",
      changed: "pattern-changed",
    },
    ({ source }) => `the pattern \`${source}\``,
  );
  compareFormats(comparison, before.formats, after.formats);
  const old = before.content;
  const now = after.content;
  if (old?.value !== now?.value) {
    const origins = { before: old?.origin, after: now?.origin };
    note(
      "content-changed",
      `holds ${now?.value ?? "text"}, which was ${old?.value ?? "text"}`,
      origins,
    );
  }
}

function compareNumbers(comparison: Comparison): void {
  const { before, after } = comparison;
  compareBounds(comparison, before.lower, after.lower, "minimum", 1);
  compareBounds(comparison, before.upper, after.upper, "maximum", -1);
  compareFormats(comparison, before.numberFormats, after.numberFormats);
  compareMultiples(comparison);
}

/** Every value of the first is one of the second. */
const WIDER: readonly (readonly [string, string])[] = [
  ["int32", "int64"],
  ["int64", "float"],
  ["int64", "double"],
  ["int32", "float"],
  ["int32", "double"],
  ["float", "double"],
  ["double", "float"],
  ["email", "idn-email"],
  ["hostname", "idn-hostname"],
  ["ipv4", "hostname"],
  ["uri", "uri-reference"],
  ["uri", "iri"],
  ["uri", "iri-reference"],
  ["uri-reference", "iri-reference"],
  ["iri", "iri-reference"],
];

function isWithin(narrow: string, wide: string): boolean {
  return WIDER.some(([one, two]) => one === narrow && two === wide);
}

function compareFormats(
  comparison: Comparison,
  before: readonly Placed<string>[],
  after: readonly Placed<string>[],
): void {
  const lists = unequal(before, after, (each) => each);
  const [old] = lists.gone;
  const [now] = lists.come;
  if (old && now && lists.gone.length === 1 && lists.come.length === 1) {
    const wider = isWithin(old.value, now.value);
    const narrower = isWithin(now.value, old.value);
    if (wider && narrower) return;
    const what = wider
      ? "format-widened"
      : narrower
        ? "format-narrowed"
        : "format-changed";
    comparison.note(
      what,
      `has the format \`${now.value}\`, which was \`${old.value}\``,
      {
        before: old.origin,
        after: now.origin,
      },
    );
    return;
  }
  noteListed(
    comparison,
    lists,
    {
      added: "format-added",
      removed: "format-removed",
      changed: "format-changed",
    },
    (each) => `the format \`${each}\``,
  );
}

function compareMultiples(comparison: Comparison): void {
  const { before, after, note } = comparison;
  const { gone, come } = unequal(before.multiples, after.multiples, String);
  // What every integer is a multiple of says nothing.
  if (gone.length + come.length === 0) return;
  const [old] = gone;
  const [now] = come;
  const origins = { before: old?.origin, after: now?.origin };
  if (!old && now)
    note(
      "multiple-of-tightened",
      `has to be a multiple of ${now.value}`,
      origins,
    );
  else if (old && !now)
    note(
      "multiple-of-loosened",
      `need no longer be a multiple of ${old.value}`,
      origins,
    );
  else if (old && now) {
    const single = gone.length === 1 && come.length === 1;
    const tightened = single && Number.isInteger(now.value / old.value);
    const loosened = single && Number.isInteger(old.value / now.value);
    const what = tightened
      ? "multiple-of-tightened"
      : loosened
        ? "multiple-of-loosened"
        : "multiple-of-changed";
    note(
      what,
      `has to be a multiple of ${now.value}, which was ${old.value}`,
      origins,
    );
  }
}

type Limited =
  | "minLength"
  | "maxLength"
  | "minItems"
  | "maxItems"
  | "minProperties"
  | "maxProperties";
type LimitName =
  | "min-length"
  | "max-length"
  | "min-items"
  | "max-items"
  | "min-properties"
  | "max-properties";

/** `sign` 1: a greater limit is a tighter one. */
export function compareLimits(
  { before, after, note }: Comparison,
  keyword: Limited,
  name: LimitName,
  sign: 1 | -1,
): void {
  const none = sign === 1 ? 0 : Number.POSITIVE_INFINITY;
  const old = before[keyword]?.value ?? none;
  const now = after[keyword]?.value ?? none;
  if (old === now) return;
  const what: SchemaChange =
    now * sign > old * sign ? `${name}-tightened` : `${name}-loosened`;
  const origins = {
    before: before[keyword]?.origin,
    after: after[keyword]?.origin,
  };
  note(
    what,
    `has \`${keyword}\` ${shown(now, none)}, which was ${shown(old, none)}`,
    origins,
  );
}

function shown(limit: number, none: number): string {
  return limit === none ? "none" : String(limit);
}

function compareBounds(
  { note }: Comparison,
  before: Placed<Bound> | undefined,
  after: Placed<Bound> | undefined,
  name: "minimum" | "maximum",
  sign: 1 | -1,
): void {
  const same =
    before?.value.limit === after?.value.limit &&
    before?.value.exclusive === after?.value.exclusive;
  if (same) return;
  const isTighter =
    !before ||
    (after !== undefined &&
      (after.value.limit * sign > before.value.limit * sign ||
        (after.value.limit === before.value.limit && after.value.exclusive)));
  const show = (each: Placed<Bound> | undefined) =>
    each
      ? `${each.value.limit}${each.value.exclusive ? " (exclusive)" : ""}`
      : "none";
  note(
    isTighter ? `${name}-tightened` : `${name}-loosened`,
    `has the ${name} ${show(after)}, which was ${show(before)}`,
    { before: before?.origin, after: after?.origin },
  );
}

interface Unequal<T> {
  gone: Placed<T>[];
  come: Placed<T>[];
}

export function unequal<T>(
  before: readonly Placed<T>[],
  after: readonly Placed<T>[],
  keyOf: (value: T) => string,
): Unequal<T> {
  const old = new Map(before.map((each) => [keyOf(each.value), each]));
  const now = new Map(after.map((each) => [keyOf(each.value), each]));
  return {
    gone: [...old].filter(([key]) => !now.has(key)).map(([, each]) => each),
    come: [...now].filter(([key]) => !old.has(key)).map(([, each]) => each),
  };
}

export function noteListed<T>(
  { note }: Pick<Comparison, "note">,
  { gone, come }: Unequal<T>,
  names: Record<"added" | "removed", SchemaChange> & { changed?: SchemaChange },
  show: (value: T) => string,
): void {
  const [old] = gone;
  const [now] = come;
  if (names.changed && old && now && gone.length === 1 && come.length === 1) {
    note(
      names.changed,
      `has ${show(now.value)}, which was ${show(old.value)}`,
      {
        before: old.origin,
        after: now.origin,
      },
    );
    return;
  }
  for (const each of gone) {
    note(names.removed, `no longer has ${show(each.value)}`, {
      before: each.origin,
    });
  }
  for (const each of come) {
    note(names.added, `has ${show(each.value)} now`, { after: each.origin });
  }
}
