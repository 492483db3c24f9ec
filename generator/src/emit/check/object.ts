/** Room `emit/check`: assertions on objects. */
import type { Field, ObjectFacet, Schema } from "../../model/schema.js";
import { type Code, mentions, name, ts } from "../code.js";
import { rt } from "../runtime-symbols.js";
import {
  all,
  block,
  call,
  callWithJson,
  destructure,
  json,
  whenBlock,
} from "../syntax.js";
import { convertedOf, decoderOf } from "../custom.js";
import { decodes } from "./decodes.js";
import { effectiveDefault } from "./effects.js";
import { belowDynamic, below } from "./place.js";
import { checkSchema } from "./schema.js";
import { patternTest, valueSet } from "./scalar.js";
import {
  fail,
  failWhen,
  INHERITED,
  memberValue,
  nested,
  plain,
  provided,
  render,
  type Scope,
  type Statement,
  type Target,
  unless,
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

function checkFields(
  scope: Scope,
  facet: ObjectFacet,
  { value, place }: Target,
): Statement[] {
  const members: { key: string; local: Code }[] = [];
  const before: Statement[] = [];
  const out: Statement[] = [];
  const declared = new Set(facet.fields.map((field) => field.name));
  const required = facet.required.filter(
    (key) => !declared.has(key) && !scope.hidden?.has(key),
  );
  const fields: Pick<Field, "name" | "required">[] = [
    ...facet.fields,
    ...required.map((key) => ({ name: key, required: true })),
  ];
  for (const field of fields) {
    if (isNeverSent(scope, field)) continue;
    const local = scope.locals.claim(field.name);
    const statements = isDropped(scope, field)
      ? dropField(scope, field, value, local)
      : checkField(scope, field, value, local, below(place, field.name));
    if (statements.length === 0) continue;
    if (INHERITED.has(field.name)) {
      before.push(
        plain(ts`const ${local} = ${memberValue(value, field.name)};`),
      );
    } else {
      members.push({ key: field.name, local });
    }
    out.push(...statements);
  }
  if (members.length > 0) before.unshift(plain(destructure(members, value)));
  return [...before, ...out];
}

/** Write-only: answers have none. */
function isNeverSent(
  scope: Scope,
  field: Pick<Field, "name"> & { schema?: Schema },
): boolean {
  return scope.direction === "output" && field.schema?.access === "write";
}

/** In a guard nothing is changed; where faults are reported the value is made ready for the handler. */
function isDropped(
  scope: Scope,
  field: Pick<Field, "name" | "required"> & { schema?: Schema },
): boolean {
  return changesValues(scope) && !scope.sent && field.schema?.access === "read";
}

function changesValues({ mode, direction }: Scope): boolean {
  return mode === "report" && direction === undefined;
}

/** Read-only: the server sets it, so what a client sends is not taken over. */
function dropField(
  scope: Scope,
  field: Pick<Field, "name">,
  record: Code,
  local: Code,
): Statement[] {
  const args = [record, ts`${field.name}`];
  return provided(scope, ts`${local} !== undefined`, [
    plain(ts`${call(ts`${name("issues")}.drop`, args)};`),
  ]);
}

function checkField(
  scope: Scope,
  field: Pick<Field, "name" | "required"> & { schema?: Schema },
  record: Code,
  local: Code,
  place: Target["place"],
): Statement[] {
  const required =
    field.required &&
    field.schema?.access !==
      (scope.sent || scope.direction === "output" ? "write" : "read");
  const missing = ts`${local} === undefined`;
  const target = { value: local, place };
  const statements = field.schema
    ? [
        ...checkSchema(scope, field.schema, target),
        ...decodes(scope, field.schema, record, ts`${field.name}`, place),
      ]
    : [];
  if (required) {
    return unless(scope, missing, [fail(scope, place, "required")], statements);
  }
  const value =
    field.schema && changesValues(scope) && field.name !== "__proto__"
      ? effectiveDefault(scope, field.schema)
      : undefined;
  if (value !== undefined) {
    // Later, since a default is no part of what other keywords speak of.
    const filling = ts`${name("issues")}.fill`;
    const custom = field.schema && convertedOf(scope, field.schema);
    const fill = custom
      ? ts`${call(filling, [record, ts`${field.name}`, call(decoderOf(custom), [json(value)])])};`
      : ts`${callWithJson(filling, [record, ts`${field.name}`], value)};`;
    return unless(scope, missing, [fill], statements);
  }
  return provided(scope, ts`${local} !== undefined`, statements);
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
