/** Room `emit/project`: code that copies what the contract declares; the writer then serializes once. */
import type { ModelId, Schema } from "../../model/schema.js";
import { type Scope, soleReference } from "../check/scope.js";
import { type Code, name, ts } from "../code.js";
import { convertedOf, encoderOf } from "../custom.js";
import { rt } from "../runtime-symbols.js";
import { block, call, usedParameters, when } from "../syntax.js";
import { identityOf, itemsAnywhere } from "./merged.js";
import {
  declaresMembers,
  kindProjection,
  kindsOf,
  needsProjection,
} from "./needs.js";
import { objectProjection } from "./object.js";
import { shapeOf } from "./shape.js";
import {
  isOnlyUnion,
  projectedByAny,
  taggedProjection,
  untaggedBranches,
} from "./union.js";

/** What a projection needs beside what a check needs: the projection of a model. */
export interface ProjectScope extends Omit<Scope, "functionOf"> {
  projectionOf(id: ModelId): Code;
  /** Functions that were made in this scope, by the schemas that they stand for: a cycle comes back to one of them. */
  made: Map<string, Code>;
}

/** Code for the projection of `value`; the value itself when anything may come. */
export function projected(
  scope: ProjectScope,
  schema: Schema,
  value: Code,
  hint: string,
): Code {
  if (!needsProjection(scope, schema)) return value;
  const custom = convertedOf(scope, schema);
  if (custom) {
    const encoded = call(encoderOf(scope.unit, custom), [value]);
    calls.set(encoded, value);
    return encoded;
  }
  if (declaresMembers(scope, schema)) {
    const branches = untaggedBranches(scope, schema);
    if (branches && branches.length > 0) {
      return projectedByAny(scope, branches, value, hint);
    }
    const items = itemsOf(schema);
    if (items && needsProjection(scope, items)) {
      return call(rt.projectEach, [value, projector(scope, items, hint)]);
    }
    const values = valuesOf(schema);
    if (values && needsProjection(scope, values)) {
      return call(rt.projectValues, [value, projector(scope, values, hint)]);
    }
  }
  const result = call(projector(scope, schema, hint), [value]);
  calls.set(result, value);
  return result;
}

/** Calls of one argument, and that argument. */
const calls = new WeakMap<Code, Code>();

/** `f(local)`, not a call with more arguments. */
export function isCallOf(result: Code, local: Code): boolean {
  return result.kind === "concat" && calls.get(result) === local;
}

/** A function of one value. */
export function projector(
  scope: ProjectScope,
  schema: Schema,
  hint: string,
): Code {
  const custom = convertedOf(scope, schema);
  if (custom) return encoderOf(scope.unit, custom);
  if (!declaresMembers(scope, schema)) {
    const simple = kindProjection(kindsOf(scope, schema));
    if (simple) return simple;
  }
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

/** The statements of a projection function over `value`. */
export function projectionBody(
  scope: ProjectScope,
  schema: Schema,
  hint: string,
): Code[] {
  const value = name("value");
  const custom = convertedOf(scope, schema);
  if (custom) {
    return [ts`return ${call(encoderOf(scope.unit, custom), [value])};`];
  }
  const kinds = kindsOf(scope, schema);
  if (!declaresMembers(scope, schema)) {
    const simple = kindProjection(kinds);
    return [ts`return ${simple ? call(simple, [value]) : value};`];
  }
  const reference = soleReference(schema);
  if (reference !== undefined) {
    return [ts`return ${call(scope.projectionOf(reference), [value])};`];
  }
  const branches = untaggedBranches(scope, schema);
  if (branches && branches.length > 0) {
    return [ts`return ${projectedByAny(scope, branches, value, hint)};`];
  }
  const values = valuesOf(schema);
  if (values && needsProjection(scope, values)) {
    const each = projector(scope, values, `${hint}Value`);
    return [ts`return ${call(rt.projectValues, [value, each])};`];
  }
  const out: Code[] = [];
  if (kinds.array) {
    const list = listProjection(scope, schema, value, hint);
    if (!kinds.object) return [ts`return ${list};`];
    out.push(when(ts`Array.isArray(value)`, ts`return ${list};`));
  } else if (!kinds.object) return [ts`return ${call(rt.scalar, [value])};`];
  out.push(
    ts`if (!${call(rt.isRecord, [value])}) return ${call(rt.scalar, [value])};`,
  );
  const [union] = schema.unions;
  if (union?.tag && isOnlyUnion(schema)) {
    return [...out, taggedProjection(scope, union, hint)];
  }
  return [...out, ...objectProjection(scope, shapeOf(scope, schema), hint)];
}

function listProjection(
  scope: ProjectScope,
  schema: Schema,
  value: Code,
  hint: string,
): Code {
  const each = itemsOf(schema) ?? itemsAnywhere(scope, schema);
  if (each && needsProjection(scope, each)) {
    const item = projector(scope, each, `${hint}Item`);
    return call(rt.projectEach, [value, item]);
  }
  return kindsOf(scope, schema).object ? value : call(rt.anyArray, [value]);
}

function itemsOf(schema: Schema): Schema | undefined {
  const { array } = schema;
  return array && array.prefix.length === 0 && schema.types?.length === 1
    ? array.items
    : undefined;
}

/** The one schema of all members, in a schema that says nothing else of them. */
function valuesOf(schema: Schema): Schema | undefined {
  const { object } = schema;
  const isMap =
    object !== undefined &&
    schema.types?.length === 1 &&
    object.fields.length === 0 &&
    object.patterns.length === 0 &&
    object.dependentSchemas.length === 0 &&
    schema.refs.length === 0 &&
    schema.all.length === 0 &&
    schema.unions.length === 0 &&
    schema.condition === undefined;
  return isMap ? object.rest : undefined;
}
