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
export function declaresMembers(
  models: Models,
  schema: Schema,
  visiting: Set<Schema> = new Set(),
): boolean {
  const before = known.get(schema);
  if (before !== undefined) return before;
  if (visiting.has(schema)) return false;
  visiting.add(schema);
  const found = computeMembers(models, schema, visiting);
  // Inside a cycle "no" may only mean "not known yet".
  if (found || visiting.size === 1) known.set(schema, found);
  return found;
}

function computeMembers(
  models: Models,
  schema: Schema,
  visiting: Set<Schema>,
): boolean {
  if (isAnything(schema)) return false;
  const below = (each: Schema) => needsProjection(models, each);
  const inPlace = (each: Schema) => declaresMembers(models, each, visiting);
  const { object, array, condition } = schema;
  if (object) {
    const { fields, patterns, dependentSchemas } = object;
    const rest = object.rest ?? schema.unevaluatedProperties;
    const open = rest !== undefined && isAnything(rest);
    if (!open && fields.length + patterns.length > 0) return true;
    if (fields.some((each) => each.schema.access === "write")) return true;
    if (fields.some((each) => below(each.schema))) return true;
    if (rest && (rest.never || below(rest))) return true;
    if (dependentSchemas.some((each) => inPlace(each.schema))) return true;
  }
  if (array) {
    if (array.items && below(array.items)) return true;
    if (array.prefix.some(below)) return true;
  }
  const branches = schema.unions.flatMap(({ of }) => {
    // Where one branch takes any object, only lists are left to be copied by the others.
    const free = of.some((branch) => isFreeObject(models, branch));
    return free ? of.filter((branch) => kindsOf(models, branch).array) : of;
  });
  const parts = [
    ...schema.all,
    ...branches,
    ...(condition?.yes ? [condition.yes] : []),
    ...(condition?.no ? [condition.no] : []),
  ];
  return (
    parts.some(inPlace) ||
    schema.refs.some((id) => inPlace(models.model(id).schema))
  );
}
