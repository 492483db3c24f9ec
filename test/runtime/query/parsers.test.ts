/** The parsers of filters and orders, on whatever text: what was written is read again, and nothing makes them fail. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type {
  FilterField,
  FilterPolicy,
} from "../../../runtime/src/contract/query-policies.js";
import type { AnyFilter } from "../../../runtime/src/contract/querying.js";
import type { Fault } from "../../../runtime/src/query/faults.js";
import { readFilterObject } from "../../../runtime/src/query/filter-object.js";
import { readFilterText } from "../../../runtime/src/query/filter-text.js";
import { selectMembers } from "../../../runtime/src/query/select-members.js";
import { readSort } from "../../../runtime/src/query/sort.js";

const FIELDS: readonly FilterField[] = [
  { name: "title", operators: ["eq", "in", "contains"], type: "string" },
  { name: "size", operators: ["gte", "lt", "nin"], type: "integer" },
  { name: "gone", operators: ["null"], type: "string" },
];

const policy = (syntax: FilterPolicy["syntax"]): FilterPolicy => ({
  syntax,
  parameter: "filter",
  members: [],
  fields: FIELDS,
  max: 1000,
  depth: 10,
});

const text = fc.string({ unit: "grapheme", maxLength: 12 });
const size = fc.integer({ min: -9999, max: 9999 });

const condition = fc.oneof(
  fc.record({
    field: fc.constant("title"),
    operator: fc.constantFrom("eq" as const, "contains" as const),
    value: text,
  }),
  fc.record({
    field: fc.constant("title"),
    operator: fc.constant("in" as const),
    value: fc.array(text, { minLength: 1, maxLength: 4 }),
  }),
  fc.record({
    field: fc.constant("size"),
    operator: fc.constantFrom("gte" as const, "lt" as const),
    value: size,
  }),
  fc.record({
    field: fc.constant("size"),
    operator: fc.constant("nin" as const),
    value: fc.array(size, { minLength: 1, maxLength: 4 }),
  }),
  fc.record({
    field: fc.constant("gone"),
    operator: fc.constant("null" as const),
    value: fc.boolean(),
  }),
);

/** Lists of terms; alternatives have two lists at least, for one is no choice. */
const { filter } = fc.letrec<{ filter: AnyFilter; term: AnyFilter[number] }>(
  (tie) => ({
    filter: fc.array(tie("term"), { minLength: 1, maxLength: 3 }),
    term: fc.oneof(
      { maxDepth: 3 },
      condition,
      fc.record({
        anyOf: fc.array(tie("filter"), { minLength: 2, maxLength: 3 }),
      }),
    ),
  }),
);

const quoted = (value: unknown): string =>
  `"${String(value).replace(/["\\]/g, String.raw`\$&`)}"`;

function written(terms: AnyFilter): string {
  return terms
    .map((term) => {
      if ("anyOf" in term) return `(${term.anyOf.map(written).join(",")})`;
      const { field, operator, value } = term;
      const operand = Array.isArray(value)
        ? `(${value.map(quoted).join(",")})`
        : quoted(value);
      return `${field}=${operator}=${operand}`;
    })
    .join(";");
}

describe("RSQL", () => {
  it("is read as it was meant", () => {
    fc.assert(
      fc.property(filter, (terms) => {
        const faults: Fault[] = [];
        const read = readFilterText(policy("rsql"), written(terms), faults);
        expect(faults).toEqual([]);
        // One pair of parentheses around everything is none.
        const [only] = terms;
        const bare = terms.length === 1 && only && "anyOf" in only;
        expect(read).toEqual(bare ? [only] : terms);
      }),
    );
  });

  it("is refused or read, whatever it is, and never yields what is not allowed", () => {
    const pieces = fc.constantFrom(
      ..."()=;,'\"\\!<> a",
      "title",
      "size",
      "==",
      "=in=",
      "=lt=",
      "1",
      "__proto__",
    );
    const any = fc.array(fc.oneof(pieces, text), { maxLength: 20 });
    fc.assert(
      fc.property(any, (parts) => {
        const faults: Fault[] = [];
        const input = parts.join("");
        const read = readFilterText(policy("rsql"), input, faults);
        if (faults.length === 0) expectAllowed(read);
        if (read.length === 0 && input !== "") {
          expect(faults.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("takes no more time than its length for what never ends", () => {
    const open = "(".repeat(8000);
    const faults: Fault[] = [];
    readFilterText(policy("rsql"), open, faults);
    expect(faults).toEqual([
      { at: "query/filter", code: "maxDepth", limit: 10 },
    ]);
  });
});

describe("filters in brackets", () => {
  it("are read as they were meant, whatever the values", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(condition, {
          minLength: 1,
          selector: ({ field, operator }) => `${field} ${operator}`,
        }),
        (conditions) => {
          const query = new Map<string, Record<string, unknown>>();
          for (const { field, operator, value } of conditions) {
            const operators = query.get(field) ?? {};
            // A list of one, with its comma, is what a reader makes of `[in][]=a,b`.
            operators[operator] = Array.isArray(value)
              ? value.map(String)
              : String(value);
            query.set(field, operators);
          }
          const faults: Fault[] = [];
          const read = readFilterObject(
            policy("brackets"),
            { filter: Object.fromEntries(query) },
            faults,
          );
          expect(faults).toEqual([]);
          expect(read).toHaveLength(conditions.length);
          expect(read).toEqual(expect.arrayContaining(conditions));
        },
      ),
    );
  });

  it("are refused or read, whatever they are", () => {
    const value = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        text,
        fc.array(text, { maxLength: 3 }),
        fc.dictionary(
          fc.constantFrom("title", "size", "eq", "lt", "in", "__proto__", "x"),
          tie("value"),
          { maxKeys: 3 },
        ),
      ),
    })).value;
    fc.assert(
      fc.property(
        value,
        fc.constantFrom("brackets" as const, "jsonapi" as const),
        (given, syntax) => {
          const faults: Fault[] = [];
          const read = readFilterObject(
            policy(syntax),
            { filter: given },
            faults,
          );
          expectAllowed(read);
          expect(faults.every(({ at }) => at.startsWith("query/filter"))).toBe(
            true,
          );
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("an order", () => {
  it("has each allowed key once, and the tiebreaker at its end", () => {
    const sort = {
      parameter: "sort",
      allowed: ["a", "b", "c"],
      default: ["-a"],
      max: 2,
      tiebreaker: "id",
    };
    const keys = fc.array(
      fc.constantFrom("a", "-a", "b", "+b", "c", "id", "", " a", "x", "--a"),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(keys, (texts) => {
        const faults: Fault[] = [];
        const read = readSort(sort, { sort: texts.join(",") }, faults);
        if (faults.length > 0) return;
        const names = read.map(({ field }) => field);
        expect(new Set(names).size).toBe(names.length);
        expect(names.at(-1)).toBe("id");
        expect(names.length).toBeGreaterThan(1);
        expect(names.length).toBeLessThanOrEqual(3);
        for (const name of names.slice(0, -1)) {
          expect(sort.allowed).toContain(name);
        }
      }),
    );
  });
});

describe("a selection", () => {
  it("leaves what was chosen as it was, and nothing else", () => {
    const names = ["a", "b", "c.d", "__proto__"];
    const object = fc.dictionary(
      fc.constantFrom("a", "b", "c", "d", "__proto__", "secret"),
      fc.oneof(fc.integer(), fc.constant({ d: 1, secret: 2 })),
    );
    fc.assert(
      fc.property(fc.array(object), fc.subarray(names), (list, chosen) => {
        const plain: unknown = JSON.parse(JSON.stringify(list));
        const cut = selectMembers(plain, [], chosen);
        expect(JSON.stringify(cut)).toBe(
          JSON.stringify(list.map((item) => expected(item, chosen))),
        );
      }),
    );
  });

  function expected(item: object, chosen: readonly string[]): object {
    const members = Object.entries(item).flatMap<[string, unknown]>(
      ([name, value]: [string, unknown]) => {
        if (chosen.includes(name)) return [[name, value]];
        if (name !== "c" || !chosen.includes("c.d")) return [];
        return [[name, typeof value === "object" ? { d: 1 } : value]];
      },
    );
    return Object.fromEntries(members);
  }
});

function expectAllowed(terms: AnyFilter): void {
  for (const term of terms) {
    if ("anyOf" in term) {
      for (const each of term.anyOf) expectAllowed(each);
      continue;
    }
    const field = FIELDS.find(({ name }) => name === term.field);
    expect(field?.operators).toContain(term.operator);
  }
}
