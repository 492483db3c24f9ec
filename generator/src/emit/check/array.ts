/** Room `emit/check`: assertions on arrays. */
import type { ArrayFacet, Schema } from "../../model/schema.js";
import { type Code, ts } from "../code.js";
import { rt } from "../runtime-symbols.js";
import { block, call, forIndex } from "../syntax.js";
import { decodes } from "./decodes.js";
import { guardOf } from "./guard.js";
import { belowDynamic, below } from "./place.js";
import { checkSchema } from "./schema.js";
import {
  failWhen,
  nested,
  plain,
  provided,
  render,
  type Scope,
  type Statement,
  type Target,
} from "./scope.js";

export function checkArray(
  scope: Scope,
  facet: ArrayFacet,
  target: Target,
): Statement[] {
  const { value, place } = target;
  const out: Statement[] = [];
  const { min, max } = facet;
  if (min !== undefined && min > 0) {
    out.push(
      failWhen(
        scope,
        ts`${value}.length < ${min}`,
        place,
        "minItems",
        ts`${min}`,
      ),
    );
  }
  if (max !== undefined) {
    out.push(
      failWhen(
        scope,
        ts`${value}.length > ${max}`,
        place,
        "maxItems",
        ts`${max}`,
      ),
    );
  }
  if (facet.unique) {
    out.push(
      failWhen(scope, ts`!${call(rt.isUnique, [value])}`, place, "uniqueItems"),
    );
  }
  for (const [at, schema] of facet.prefix.entries()) {
    out.push(...checkPrefix(scope, schema, at, target));
  }
  if (facet.items) {
    out.push(...checkItems(scope, facet.items, facet.prefix.length, target));
  }
  if (facet.contains) out.push(...checkContains(scope, facet.contains, target));
  return out;
}

function checkPrefix(
  scope: Scope,
  schema: Schema,
  at: number,
  { value, place }: Target,
): Statement[] {
  const item = scope.locals.claim(`item${at}`);
  const own = below(place, String(at));
  const statements = [
    ...checkSchema(scope, schema, { value: item, place: own }),
    ...decodes(scope, schema, value, ts`${at}`, own),
  ];
  if (statements.length === 0) return [];
  return provided(scope, ts`${value}.length > ${at}`, [
    plain(ts`const ${item}: unknown = ${value}[${at}];`),
    ...statements,
  ]);
}

/** Items from `first` on: nothing is said about them when there is nothing to check. */
function checkItems(
  scope: Scope,
  items: Schema,
  first: number,
  { value, place, knownItems }: Target,
): Statement[] {
  if (items.never) {
    return [
      failWhen(
        scope,
        ts`${value}.length > ${first}`,
        place,
        first === 0 ? "maxItems" : "items",
        ts`${first}`,
      ),
    ];
  }
  const inner = nested(scope);
  const index = inner.locals.claim("i");
  const item = inner.locals.claim("item");
  const own = belowDynamic(place, index);
  const statements = [
    ...checkSchema(inner, items, {
      value: item,
      place: own,
      ...(knownItems ? { known: knownItems } : {}),
    }),
    ...decodes(inner, items, value, index, own),
  ];
  if (knownItems !== undefined && statements.length > 0) {
    // Typed already, so that the item needs no test on its type.
    const body = block(render(inner, statements));
    return [
      plain(ts`for (const [${index}, ${item}] of ${value}.entries()) ${body}`),
    ];
  }
  return loop(inner, value, index, item, first, statements);
}

/** `for` over the items of an array, by index. */
export function loop(
  scope: Scope,
  value: Code,
  index: Code,
  item: Code,
  first: number,
  statements: readonly Statement[],
): Statement[] {
  if (statements.length === 0) return [];
  const body = block([
    ts`const ${item}: unknown = ${value}[${index}];`,
    ...render(scope, statements),
  ]);
  return [plain(forIndex(index, first, ts`${value}.length`, body))];
}

function checkContains(
  scope: Scope,
  contains: NonNullable<ArrayFacet["contains"]>,
  { value, place }: Target,
): Statement[] {
  const { schema, min, max } = contains;
  if (min === 0 && max === undefined) return [];
  const count = scope.locals.claim("matches");
  const guard = guardOf(scope, schema);
  const out: Statement[] = [
    plain(ts`const ${count} = ${call(ts`${value}.filter`, [guard])}.length;`),
  ];
  if (min > 0) {
    out.push(
      failWhen(
        scope,
        ts`${count} < ${min}`,
        place,
        min === 1 ? "contains" : "minContains",
        ts`${min}`,
      ),
    );
  }
  if (max !== undefined) {
    out.push(
      failWhen(scope, ts`${count} > ${max}`, place, "maxContains", ts`${max}`),
    );
  }
  return out;
}
