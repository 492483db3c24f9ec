/** Room `emit/check`: assertions on objects. */
import type { ObjectFacet } from "../../model/schema.js";
import { type Code, mentions, ts } from "../code.js";
import { rt } from "../runtime-symbols.js";
import { all, block, call, whenBlock } from "../syntax.js";
import { decodes } from "./decodes.js";
import { checkFields } from "./fields.js";
import { belowDynamic, below } from "./place.js";
import { checkSchema } from "./schema.js";
import { patternTest, valueSet } from "./scalar.js";
import {
  fail,
  failWhen,
  memberValue,
  nested,
  plain,
  provided,
  render,
  type Scope,
  type Statement,
  type Target,
} from "./scope.js";

export function checkObject(
  scope: Scope,
  facet: ObjectFacet,
  target: Target,
): Statement[] {
  const { value, place } = target;
  const out: Statement[] = [];
  const { min, max } = facet;
  const size = ts`Object.keys(${value}).length`;
  if (min !== undefined && min > 0) {
    out.push(
      failWhen(scope, ts`${size} < ${min}`, place, "minProperties", ts`${min}`),
    );
  }
  if (max !== undefined) {
    out.push(
      failWhen(scope, ts`${size} > ${max}`, place, "maxProperties", ts`${max}`),
    );
  }
  out.push(...checkFields(scope, facet, target));
  out.push(...checkDependents(scope, facet, target));
  out.push(...checkRest(scope, facet, target));
  return out;
}

function checkDependents(
  scope: Scope,
  facet: ObjectFacet,
  target: Target,
): Statement[] {
  const { value, place } = target;
  const out: Statement[] = [];
  const present = (key: string) => ts`${memberValue(value, key)} !== undefined`;
  for (const { name, required } of facet.dependentRequired) {
    for (const key of required) {
      out.push(
        failWhen(
          scope,
          all([present(name), ts`${memberValue(value, key)} === undefined`]),
          below(place, key),
          "dependentRequired",
          ts`${name}`,
        ),
      );
    }
  }
  for (const { name, schema } of facet.dependentSchemas) {
    out.push(
      ...provided(scope, present(name), checkSchema(scope, schema, target)),
    );
  }
  return out;
}

/** What is said about members by their names: `patternProperties`, `additionalProperties`, `propertyNames`. */
function checkRest(
  outer: Scope,
  facet: ObjectFacet,
  { value, place }: Target,
): Statement[] {
  const scope = nested(outer);
  const key = scope.locals.claim("key");
  const item = scope.locals.claim("item");
  const at = belowDynamic(place, call(rt.pointer, [key]));
  const body: Statement[] = [];
  if (facet.names) {
    body.push(
      ...checkSchema(scope, facet.names, {
        value: key,
        place: at,
        known: "string",
      }),
    );
  }
  let usesItem = false;
  for (const { pattern, schema } of facet.patterns) {
    const statements = [
      ...checkSchema(scope, schema, { value: item, place: at }),
      ...decodes(scope, schema, value, key, at),
    ];
    if (statements.length > 0) {
      usesItem ||= !schema.never;
      body.push(
        ...provided(scope, patternTest(scope, pattern, key), statements),
      );
    }
  }
  if (facet.rest) {
    const statements = facet.rest.never
      ? [plain(fail(scope, at, "additionalProperties"))]
      : [
          ...checkSchema(scope, facet.rest, { value: item, place: at }),
          ...decodes(scope, facet.rest, value, key, at),
        ];
    if (statements.length > 0) {
      usesItem ||= !facet.rest.never;
      const undeclared = isUndeclared(scope, facet, key);
      const [only] = statements;
      if (undeclared.length === 0) body.push(...statements);
      else if (facet.rest.never && only?.kind === "plain") {
        body.push({
          kind: "chain",
          arms: [{ condition: all(undeclared), body: [only.code] }],
        });
      } else body.push(...provided(scope, all(undeclared), statements));
    }
  }
  return membersLoop(scope, value, key, item, usesItem, body);
}

/** Conditions under which a member is one that no keyword beside it speaks of. */
export function isUndeclared(
  scope: Scope,
  facet: Pick<ObjectFacet, "fields" | "patterns">,
  key: Code,
): Code[] {
  const conditions: Code[] = [];
  const names = facet.fields.map((field) => field.name);
  if (names.length > 0 && names.length <= 2) {
    conditions.push(...names.map((name) => ts`${key} !== ${name}`));
  } else if (names.length > 2) {
    conditions.push(ts`!${call(ts`${valueSet(scope, names)}.has`, [key])}`);
  }
  conditions.push(
    ...facet.patterns.map(
      ({ pattern }) => ts`!${patternTest(scope, pattern, key)}`,
    ),
  );
  return conditions;
}

/** `for` over the members of an object; own members only, `__proto__` among them. */
export function membersLoop(
  scope: Scope,
  value: Code,
  key: Code,
  item: Code,
  usesItem: boolean,
  statements: readonly Statement[],
): Statement[] {
  if (statements.length === 0) return [];
  const body = render(scope, statements);
  const usesKey = body.some((code) => mentionsLocal(code, key));
  if (!usesKey && !usesItem) {
    // A guard that allows no member at all.
    return [plain(whenBlock(ts`Object.keys(${value}).length > 0`, body))];
  }
  const head = !usesItem
    ? ts`for (const ${key} of ${call(ts`Object.keys`, [value])})`
    : usesKey
      ? ts`for (const [${key}, ${item}] of ${call(ts`Object.entries`, [value])})`
      : ts`for (const ${item} of ${call(ts`Object.values`, [value])})`;
  return [plain(ts`${head} ${block(body)}`)];
}

function mentionsLocal(code: Code, local: Code): boolean {
  return local.kind === "text" && mentions(code, local.text);
}
