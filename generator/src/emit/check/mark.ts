/** Room `emit/check`: which members and items of a valid value a schema has evaluated (JSON Schema 2020-12, core, section 7.7.1). */
import type { Schema } from "../../model/schema.js";
import { type Code, ts } from "../code.js";
import { block, call } from "../syntax.js";
import { guardOf, isValid } from "./guard.js";
import { patternTest } from "./scalar.js";
import {
  memberValue,
  plain,
  render,
  type Scope,
  type Statement,
} from "./scope.js";
import { isType } from "./types.js";

/** Statements that note in `seen` what this schema evaluates of `value`. */
export function markSchema(
  scope: Scope,
  schema: Schema,
  value: Code,
  seen: Code,
): Statement[] {
  const out: Statement[] = [];
  const inner = (each: Schema) => markSchema(scope, each, value, seen);
  for (const id of schema.refs) {
    const mark = scope.functionOf(id, "mark");
    out.push(plain(ts`${call(mark, [value, seen])};`));
  }
  for (const part of schema.all) out.push(...inner(part));
  for (const union of schema.unions) {
    for (const branch of union.of) {
      out.push(...when(scope, isValid(scope, branch, value), inner(branch)));
    }
  }
  if (schema.condition) {
    const { test, yes, no } = schema.condition;
    const answer = isValid(scope, test, value);
    const held = [...inner(test), ...(yes ? inner(yes) : [])];
    out.push(...when(scope, answer, held));
    if (no) out.push(...when(scope, ts`!(${answer})`, inner(no)));
  }
  out.push(...markObject(scope, schema, value, seen));
  out.push(...markArray(scope, schema, value, seen));
  return out;
}

function markObject(
  scope: Scope,
  schema: Schema,
  value: Code,
  seen: Code,
): Statement[] {
  const { object } = schema;
  if (schema.unevaluatedProperties || object?.rest) {
    return [plain(ts`${seen}.addProperties();`)];
  }
  if (!object) return [];
  const out: Statement[] = object.fields.map((field) =>
    plain(ts`${seen}.addProperty(${field.name});`),
  );
  const inside: Statement[] = [];
  for (const { pattern } of object.patterns) {
    const key = scope.locals.claim("key");
    inside.push(
      plain(
        ts`for (const ${key} of Object.keys(${value})) ${block([
          ts`if (${patternTest(scope, pattern, key)}) ${seen}.addProperty(${key});`,
        ])}`,
      ),
    );
  }
  for (const { name, schema: dependent } of object.dependentSchemas) {
    inside.push(
      ...when(
        scope,
        ts`${memberValue(value, name)} !== undefined`,
        markSchema(scope, dependent, value, seen),
      ),
    );
  }
  return [...out, ...when(scope, isType("object", value), inside)];
}

function markArray(
  scope: Scope,
  schema: Schema,
  value: Code,
  seen: Code,
): Statement[] {
  const { array } = schema;
  if (schema.unevaluatedItems || array?.items) {
    return [plain(ts`${seen}.addItems();`)];
  }
  if (!array) return [];
  const out: Statement[] = [];
  if (array.prefix.length > 0) {
    out.push(plain(ts`${seen}.addItemsTo(${array.prefix.length});`));
  }
  if (array.contains) {
    const guard = guardOf(scope, array.contains.schema);
    out.push(
      ...when(scope, isType("array", value), [
        plain(ts`${call(ts`${seen}.addItemsWhere`, [value, guard])};`),
      ]),
    );
  }
  return out;
}

function when(
  scope: Scope,
  condition: Code,
  statements: readonly Statement[],
): Statement[] {
  if (statements.length === 0) return [];
  return [
    {
      kind: "chain",
      arms: [{ condition, body: render(scope, statements), block: true }],
    },
  ];
}
