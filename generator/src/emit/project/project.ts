/** Room `emit/project`: code that copies what the contract declares; the writer then serializes once. */
import type { ModelId, Schema, Union } from "../../model/schema.js";
import { Locals } from "../check/locals.js";
import { patternTest } from "../check/scalar.js";
import { memberValue, type Scope, soleReference } from "../check/scope.js";
import { possibleTypes } from "../check/types.js";
import { type Code, lines, name, ts } from "../code.js";
import { rt } from "../runtime-symbols.js";
import {
  block,
  bracesWithRest,
  call,
  callWithList,
  destructure,
  isPlainKey,
  objectLines,
  property,
  propertyKey,
  usedParameters,
  when,
} from "../syntax.js";
import { isAnything, isFreeObject, type Shape, shapeOf } from "./shape.js";

/** What a projection needs beside what a check needs: the projection of a model. */
export interface ProjectScope extends Omit<Scope, "functionOf"> {
  projectionOf(id: ModelId): Code;
  /** Functions that were made in this scope, by the schemas that they stand for: a cycle comes back to one of them. */
  made: Map<string, Code>;
}

/** Code for the projection of `value`; the value itself when nothing below needs one. */
export function projected(
  scope: ProjectScope,
  schema: Schema,
  value: Code,
  hint: string,
): Code {
  if (!needsProjection(scope, schema)) return value;
  const branches = untaggedBranches(scope, schema);
  if (branches) return projectedByAny(scope, branches, value, hint);
  const items = itemsOf(schema);
  if (items) {
    return call(rt.projectEach, [value, projector(scope, items, hint)]);
  }
  const result = call(projector(scope, schema, hint), [value]);
  calls.set(result, value);
  return result;
}

/** Calls of one argument, and that argument. */
const calls = new WeakMap<Code, Code>();

/** The branches of a schema that is a union and nothing else, where no tag tells them apart. */
function untaggedBranches(
  scope: ProjectScope,
  schema: Schema,
): Schema[] | undefined {
  const [union] = schema.unions;
  if (!union || !isOnlyUnion(schema)) return undefined;
  const needing = union.of.filter((branch) => needsProjection(scope, branch));
  // With one branch left, or with null beside it, its own projection does.
  return union.tag && needing.length > 1 ? undefined : needing;
}

function projectedByAny(
  scope: ProjectScope,
  branches: readonly Schema[],
  value: Code,
  hint: string,
): Code {
  const [only] = branches;
  if (only && branches.length === 1) {
    return projected(scope, only, value, hint);
  }
  const functions = branches.map((branch) => projector(scope, branch, hint));
  const distinct = functions.filter(
    (each, at) => functions.indexOf(each) === at,
  );
  return callWithList(rt.projectAny, [value], distinct);
}

/** A function of one value. */
function projector(scope: ProjectScope, schema: Schema, hint: string): Code {
  const reference = soleReference(schema);
  if (reference !== undefined) return scope.projectionOf(reference);
  const key = identityOf(schema);
  const known = scope.made.get(key);
  if (known) return known;
  const free = scope.unit.declare(`project${scope.base}${hint.slice(0, 40)}`);
  scope.made.set(key, name(free));
  const body = projectionBody(scope, schema, hint);
  scope.unit.add(
    ts`function ${name(free)}${valueParameter(body)}: unknown ${block(body)}`,
  );
  return name(free);
}

/** `(value: unknown)`. */
export function valueParameter(body: readonly Code[]): Code {
  return usedParameters([{ name: "value", type: ts`unknown` }], body);
}

const identities = new WeakMap<Schema, number>();
let lastIdentity = 0;

/** A schema is itself; one that stands for several is the set of them. */
function identityOf(schema: Schema): string {
  const merged = mergedFrom.get(schema);
  if (merged) return [...new Set(merged.map(identityOf))].sort().join();
  let identity = identities.get(schema);
  if (identity === undefined) {
    identity = ++lastIdentity;
    identities.set(schema, identity);
  }
  return String(identity);
}

/** The statements of a projection function over `value`. */
export function projectionBody(
  scope: ProjectScope,
  schema: Schema,
  hint: string,
): Code[] {
  const value = name("value");
  const reference = soleReference(schema);
  if (reference !== undefined) {
    return [ts`return ${call(scope.projectionOf(reference), [value])};`];
  }
  const branches = untaggedBranches(scope, schema);
  if (branches) {
    return [ts`return ${projectedByAny(scope, branches, value, hint)};`];
  }
  const items = itemsOf(schema);
  const guard = ts`if (!${call(rt.isRecord, [value])}) return value;`;
  const mayBeArray = possibleTypes(scope, schema).has("array");
  const out: Code[] = [];
  if (mayBeArray) {
    const each = items ?? itemsAnywhere(scope, schema);
    if (each && needsProjection(scope, each)) {
      const list = call(rt.projectEach, [
        value,
        projector(scope, each, `${hint}Item`),
      ]);
      if (!possibleTypes(scope, schema).has("object")) {
        return [ts`return ${list};`];
      }
      out.push(when(ts`Array.isArray(value)`, ts`return ${list};`));
    }
  }
  out.push(guard);
  const [union] = schema.unions;
  if (union?.tag && isOnlyUnion(schema)) {
    return [...out, taggedProjection(scope, union, hint)];
  }
  return [...out, ...objectProjection(scope, shapeOf(scope, schema), hint)];
}

function isOnlyUnion(schema: Schema): boolean {
  return (
    schema.unions.length === 1 &&
    schema.refs.length === 0 &&
    schema.all.length === 0 &&
    schema.object === undefined &&
    schema.condition === undefined
  );
}

/** One branch by its tag; a value with no declared tag keeps nothing but that tag. */
function taggedProjection(
  scope: ProjectScope,
  union: Union,
  hint: string,
): Code {
  const { tag } = union;
  if (!tag) throw new Error("a tagged projection needs a tag");
  const value = name("value");
  const byBranch = new Map<number, string[]>();
  for (const each of tag.branches) {
    const texts = byBranch.get(each.branch) ?? [];
    byBranch.set(each.branch, [...texts, each.value]);
  }
  const cases = [...byBranch].map(([branch, texts]) => {
    const schema = union.of[branch];
    const result = schema
      ? projected(scope, schema, value, `${hint}Case`)
      : value;
    return ts`${lines(texts.map((text) => ts`case ${text}:`))}
  return ${result};`;
  });
  const otherwise = union.of[tag.otherwise ?? -1];
  const last = otherwise
    ? projected(scope, otherwise, value, `${hint}Case`)
    : ts`{ ${propertyKey(tag.property)}: ${memberValue(value, tag.property)} }`;
  return ts`switch (${memberValue(value, tag.property)}) {
  ${lines(cases)}
  default:
    return ${last};
}`;
}

function objectProjection(
  scope: ProjectScope,
  shape: Shape,
  hint: string,
): Code[] {
  const value = name("value");
  const locals = new Locals();
  const members: { key: string; local: Code; result: Code }[] = [];
  for (const [key, schemas] of shape.fields) {
    const schema = schemas.length === 1 ? schemas[0] : anyOf(schemas);
    if (!schema) continue;
    const needs = needsProjection(scope, schema);
    if (shape.open && !needs) continue;
    const local = locals.claim(key);
    const result = projected(scope, schema, local, `${hint}${pascal(key)}`);
    members.push({ key, local, result });
  }
  const hidden = [...shape.hidden]
    .filter((key) => !shape.fields.has(key) && !isInherited(key))
    .map((key) => ({ key, local: locals.claim(key) }));
  const own = members.filter(({ key }) => isInherited(key));
  const direct = members.filter(({ key }) => !isInherited(key));
  const out: Code[] = [];
  const rest = locals.claim("rest");
  const keepsRest = shape.open || shape.rest.length > 0;
  if (direct.length > 0 || keepsRest) {
    out.push(
      keepsRest
        ? destructured([...direct, ...hidden], rest, value)
        : destructure(direct, value),
    );
  }
  for (const { key, local } of own) {
    out.push(ts`const ${local} = ${memberValue(value, key)};`);
  }
  const entries = members.map(({ key, local, result }) =>
    isShorthand(key, local, result)
      ? local
      : property(key, result, isShortCall(local, result)),
  );
  if (keepsRest) {
    const [only] = shape.rest;
    const schema = shape.rest.length === 1 ? only : anyOf(shape.rest);
    const needs =
      !shape.open && schema !== undefined && needsProjection(scope, schema);
    entries.push(
      needs && schema
        ? ts`...${call(rt.projectValues, [rest, projector(scope, schema, `${hint}Value`)])}`
        : ts`...${rest}`,
    );
  }
  if (shape.patterns.length === 0 || shape.open) {
    out.push(ts`return ${literal(entries)};`);
    return out;
  }
  out.push(ts`const out: Record<string, unknown> = ${literal(entries)};`);
  const key = locals.claim("key");
  const item = locals.claim("item");
  for (const { pattern, schema } of shape.patterns) {
    const result = projected(scope, schema, item, `${hint}Member`);
    const statement = ts`${call(rt.define, [name("out"), key, result])};`;
    out.push(
      ts`for (const [${key}, ${item}] of Object.entries(value)) ${block([
        ts`if (${patternTest(scope, pattern, key)}) ${block([statement])}`,
      ])}`,
    );
  }
  out.push(ts`return out;`);
  return out;
}

function destructured(
  members: readonly { key: string; local: Code }[],
  rest: Code,
  value: Code,
): Code {
  if (members.length === 0) return ts`const ${rest} = ${value};`;
  const parts = members.map(({ key, local }) =>
    isShorthand(key, local, local) ? local : property(key, local),
  );
  return ts`const ${bracesWithRest(parts, rest)} = ${value};`;
}

/** A call with one argument that prettier finds short: a quarter of the line at most. */
function isShortCall(local: Code, result: Code): boolean {
  return (
    isCallOf(result, local) && local.kind === "text" && local.text.length <= 20
  );
}

/** `f(local)`, not a call with more arguments. */
function isCallOf(result: Code, local: Code): boolean {
  return result.kind === "concat" && calls.get(result) === local;
}

function literal(entries: readonly Code[]): Code {
  return entries.length === 0 ? ts`{}` : objectLines(entries);
}

function isShorthand(key: string, local: Code, result: Code): boolean {
  return local === result && local.kind === "text" && local.text === key;
}

function isInherited(key: string): boolean {
  return key === "__proto__" || key in Object.prototype;
}

function pascal(key: string): string {
  if (!isPlainKey(key)) return "Member";
  return key.charAt(0).toUpperCase() + key.slice(1, 40);
}

function itemsOf(schema: Schema): Schema | undefined {
  const { array } = schema;
  return array && array.prefix.length === 0 && schema.types?.length === 1
    ? array.items
    : undefined;
}

/** Items in any keyword that applies in place. */
function itemsAnywhere(
  scope: Pick<Scope, "model">,
  schema: Schema,
  visiting: ReadonlySet<ModelId> = new Set(),
): Schema | undefined {
  const found: Schema[] = [];
  if (schema.array) {
    found.push(...schema.array.prefix);
    if (schema.array.items) found.push(schema.array.items);
  }
  const parts = [...schema.all, ...schema.unions.flatMap((each) => each.of)];
  for (const part of parts) {
    const items = itemsAnywhere(scope, part, visiting);
    if (items) found.push(items);
  }
  for (const id of schema.refs) {
    if (visiting.has(id)) continue;
    const target = scope.model(id).schema;
    const items = itemsAnywhere(scope, target, new Set([...visiting, id]));
    if (items) found.push(items);
  }
  return found.length > 1 ? anyOf(found) : found[0];
}

const mergedFrom = new WeakMap<Schema, readonly Schema[]>();

/** A schema that stands for several at one place. */
function anyOf(schemas: readonly Schema[]): Schema | undefined {
  const distinct: Schema[] = [];
  const references = new Set<ModelId>();
  for (const schema of schemas.flatMap(
    (each) => mergedFrom.get(each) ?? each,
  )) {
    const reference = soleReference(schema);
    if (distinct.includes(schema)) continue;
    if (reference !== undefined && references.has(reference)) continue;
    if (reference !== undefined) references.add(reference);
    distinct.push(schema);
  }
  const [first] = distinct;
  if (!first || distinct.length === 1) return first;
  const merged: Schema = {
    origin: first.origin,
    doc: {},
    refs: [],
    all: [],
    examples: [],
    unions: [{ mode: "any", of: distinct }],
  };
  mergedFrom.set(merged, distinct);
  return merged;
}

const known = new WeakMap<Schema, boolean>();

/** Could a value of this schema carry undeclared members? */
export function needsProjection(
  scope: Pick<Scope, "model">,
  schema: Schema,
  visiting: Set<Schema> = new Set(),
): boolean {
  const before = known.get(schema);
  if (before !== undefined) return before;
  if (visiting.has(schema)) return false;
  visiting.add(schema);
  const found = computeNeed(scope, schema, visiting);
  // Inside a cycle "no" may only mean "not known yet".
  if (found || visiting.size === 1) known.set(schema, found);
  return found;
}

function computeNeed(
  scope: Pick<Scope, "model">,
  schema: Schema,
  visiting: Set<Schema>,
): boolean {
  if (isAnything(schema)) return false;
  const inner = (each: Schema) => needsProjection(scope, each, visiting);
  const { object, array } = schema;
  if (object) {
    const declares = object.fields.length > 0 || object.patterns.length > 0;
    const rest = object.rest ?? schema.unevaluatedProperties;
    const open = rest !== undefined && isAnything(rest);
    if (declares && !open) return true;
    if (
      object.fields.some(
        ({ schema: field }) => field.access === "write" || inner(field),
      )
    ) {
      return true;
    }
    if (rest && !rest.never && inner(rest)) return true;
    if (rest?.never) return true;
    if (object.dependentSchemas.some((each) => inner(each.schema))) return true;
  }
  if (array) {
    if (array.items && inner(array.items)) return true;
    if (array.prefix.some(inner)) return true;
  }
  const { condition } = schema;
  const closed = schema.unions.filter(
    (union) => !union.of.some((branch) => isFreeObject(scope, branch)),
  );
  const parts = [
    ...schema.all,
    ...closed.flatMap((union) => union.of),
    ...(condition?.yes ? [condition.yes] : []),
    ...(condition?.no ? [condition.no] : []),
  ];
  return (
    parts.some(inner) || schema.refs.some((id) => inner(scope.model(id).schema))
  );
}
