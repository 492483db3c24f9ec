/** Room `emit/project`: the statements that copy the declared members of an object. */
import type { JsonType, Schema } from "../../model/schema.js";
import { Locals } from "../check/locals.js";
import { patternTest } from "../check/scalar.js";
import { memberValue } from "../check/scope.js";
import { intersect, possibleTypes } from "../check/types.js";
import { type Code, name, ts } from "../code.js";
import { rt } from "../runtime-symbols.js";
import {
  block,
  bracesWithRest,
  call,
  destructure,
  isPlainKey,
  objectLines,
  property,
} from "../syntax.js";
import { anyOf } from "./merged.js";
import { needsProjection } from "./needs.js";
import {
  isCallOf,
  projected,
  projector,
  type ProjectScope,
} from "./project.js";
import type { DeclaredMember, Shape } from "./shape.js";

export function objectProjection(
  scope: ProjectScope,
  shape: Shape,
  hint: string,
): Code[] {
  const value = name("value");
  const locals = new Locals();
  const members: { key: string; local: Code; result: Code }[] = [];
  for (const [key, declared] of shape.fields) {
    const schema = memberSchema(scope, declared);
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
  if (shape.open && members.length + hidden.length === 0) {
    return [ts`return value;`];
  }
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
  if (keepsRest) entries.push(restEntry(scope, shape, rest, hint));
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

/** Several keywords may declare a member; of the types that it may have, each one that always holds has a say. */
function memberSchema(
  scope: ProjectScope,
  { schemas, certain }: DeclaredMember,
): Schema | undefined {
  if (schemas.length === 1) return schemas[0];
  const [first, ...others] = certain.map((each) => possibleTypes(scope, each));
  if (first === undefined) return anyOf(schemas);
  const types = others.reduce<ReadonlySet<JsonType>>(intersect, first);
  return anyOf(schemas, [...types]);
}

function restEntry(
  scope: ProjectScope,
  shape: Shape,
  rest: Code,
  hint: string,
): Code {
  const [only] = shape.rest;
  const schema = shape.rest.length === 1 ? only : anyOf(shape.rest);
  if (shape.open || !schema || !needsProjection(scope, schema)) {
    return ts`...${rest}`;
  }
  const each = projector(scope, schema, `${hint}Value`);
  return ts`...${call(rt.projectValues, [rest, each])}`;
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
