/** Room `emit/project`: whether a value of a schema could carry more than the schema declares. */
import type { Schema } from "../../model/schema.js";
import type { Scope } from "../check/scope.js";
import { possibleTypes } from "../check/types.js";
import type { Code } from "../code.js";
import { rt } from "../runtime-symbols.js";
import { isAnything, isFreeObject } from "./shape.js";

type Models = Pick<Scope, "model">;

/** Which JSON types with members a value may have by its schema. */
export interface Kinds {
  readonly array: boolean;
  readonly object: boolean;
}

const kinds = new WeakMap<Schema, Kinds>();

export function kindsOf(models: Models, schema: Schema): Kinds {
  let found = kinds.get(schema);
  if (found === undefined) {
    const types = possibleTypes(models, schema);
    found = { array: types.has("array"), object: types.has("object") };
    kinds.set(schema, found);
  }
  return found;
}

/** The runtime's function for a schema that only says of which type a value is; undefined where any type may come. */
export function kindProjection({ array, object }: Kinds): Code | undefined {
  if (array) return object ? undefined : rt.anyArray;
  return object ? rt.anyObject : rt.scalar;
}

const known = new WeakMap<Schema, boolean>();

/** Could a value of another type, or with other members, come through? */
export function needsProjection(models: Models, schema: Schema): boolean {
  if (isAnything(schema)) return false;
  const { array, object } = kindsOf(models, schema);
  return !(array && object) || declaresMembers(models, schema);
}

/** Does it say anything of members or items, so that their type alone is not enough? */
export function declaresMembers(models: Models, schema: Schema): boolean {
  // A chain of references is as long as the document likes, so there is no recursion.
  const queue = new Set([schema]);
  for (const each of queue) {
    const before = known.get(each);
    if (before === false || isAnything(each)) continue;
    const below = insideOf(each).filter((inner) => !isAnything(inner));
    if (
      before === true ||
      speaksOfMembers(each) ||
      below.some((inner) => !isOfBothKinds(models, inner))
    ) {
      known.set(schema, true);
      return true;
    }
    for (const next of [...below, ...inPlaceOf(models, each)]) queue.add(next);
  }
  for (const each of queue) known.set(each, false);
  return false;
}

function isOfBothKinds(models: Models, schema: Schema): boolean {
  const { array, object } = kindsOf(models, schema);
  return array && object;
}

/** By the keywords of its own. */
function speaksOfMembers({ object, unevaluatedProperties }: Schema): boolean {
  if (object === undefined) return false;
  const { fields, patterns } = object;
  const rest = object.rest ?? unevaluatedProperties;
  const open = rest !== undefined && isAnything(rest);
  return (
    (!open && fields.length + patterns.length > 0) ||
    fields.some((each) => each.schema.access === "write") ||
    rest?.never === true
  );
}

/** The schemas of members and items. */
function insideOf({ object, array, ...schema }: Schema): Schema[] {
  const found: Schema[] = [];
  if (object) {
    found.push(...object.fields.map((each) => each.schema));
    const rest = object.rest ?? schema.unevaluatedProperties;
    if (rest) found.push(rest);
  }
  if (array) {
    if (array.items) found.push(array.items);
    found.push(...array.prefix);
  }
  return found;
}

/** The schemas of the same value. */
function inPlaceOf(models: Models, schema: Schema): Schema[] {
  const { condition } = schema;
  const branches = schema.unions.flatMap(({ of }) => {
    // Where one branch takes any object, only lists are left to be copied by the others.
    const free = of.some((branch) => isFreeObject(models, branch));
    return free ? of.filter((branch) => kindsOf(models, branch).array) : of;
  });
  return [
    ...(schema.object?.dependentSchemas.map((each) => each.schema) ?? []),
    ...schema.all,
    ...branches,
    ...(condition?.yes ? [condition.yes] : []),
    ...(condition?.no ? [condition.no] : []),
    ...schema.refs.map((id) => models.model(id).schema),
  ];
}
