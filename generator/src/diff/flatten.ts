/** Room `diff`: follows references and `allOf`, and reads the unions that are another way to write `type`. */
import type { Origin } from "../lint/diagnostic.js";
import { below } from "../lint/below.js";
import type { Model, ModelId, Schema, Union } from "../model/schema.js";
import {
  addOwn,
  allowTypes,
  allowValues,
  tighter,
  tighterBound,
} from "./add-own.js";
import {
  type Atom,
  ATOMS,
  atomsOfTypes,
  emptyShape,
  type Placed,
  saysOnlyUnions,
  type Shape,
} from "./shape.js";

export type Models = ReadonlyMap<ModelId, Model>;

/** What all of the schemas demand together. */
export function flatten(
  schemas: readonly Schema[],
  models: Models,
  place: Origin,
  active: ReadonlySet<Schema> = new Set(),
): Shape {
  const shape = emptyShape(schemas[0]?.origin ?? place);
  shape.source = schemas;
  const seen = new Set<Schema>(schemas);
  // A set is walked in the order of insertion, what is added on the way included.
  for (const schema of seen) {
    addOwn(shape, schema);
    for (const id of schema.refs) {
      const model = models.get(id);
      if (model) seen.add(model.schema);
    }
    for (const each of schema.all) seen.add(each);
    for (const union of schema.unions) {
      const [only] = union.of;
      if (union.of.length === 1 && only && !union.tag?.declared) seen.add(only);
      else {
        const origin = below(
          schema.origin,
          union.mode === "one" ? "oneOf" : "anyOf",
        );
        addUnion(
          shape,
          { value: union, origin },
          models,
          new Set([...active, ...seen]),
        );
      }
    }
  }
  return shape;
}

function addUnion(
  shape: Shape,
  union: Placed<Union>,
  models: Models,
  active: ReadonlySet<Schema>,
): void {
  const { of, mode } = union.value;
  const types = of.map(typesAlone);
  if (types.every((each) => each !== undefined) && areDisjoint(types, mode)) {
    allowTypes(
      shape,
      new Set(types.flatMap((each) => [...each])),
      union.origin,
    );
    return;
  }
  const others = of.filter((each) => !isNull(each));
  const [inner] = others;
  if (others.length === of.length || others.length !== 1 || !inner) {
    shape.unions.push(union);
    return;
  }
  if (active.has(inner)) {
    shape.unions.push(union);
    return;
  }
  const alone = flatten([inner], models, union.origin, active);
  const nested = onlyUnion(alone);
  const [nothing] = of.filter(isNull);
  if (nested && nothing) {
    const value = { ...nested.value, of: [...nested.value.of, nothing] };
    shape.unions.push({ value, origin: nested.origin });
  } else if (isPlain(alone) && (mode === "any" || !allowsNull(alone)))
    addNullable(shape, alone);
  else shape.unions.push(union);
}

function areDisjoint(
  types: readonly ReadonlySet<Atom>[],
  mode: Union["mode"],
): boolean {
  if (mode === "any") return true;
  const count = types.reduce((sum, each) => sum + each.size, 0);
  return new Set(types.flatMap((each) => [...each])).size === count;
}

/** The types of a schema that says nothing else. */
function typesAlone(schema: Schema): ReadonlySet<Atom> | undefined {
  const {
    origin: _,
    doc: __,
    examples: ___,
    refs,
    all,
    unions,
    types,
    ...rest
  } = schema;
  const says =
    Object.keys(rest).length + refs.length + all.length + unions.length;
  return types && says === 0 ? atomsOfTypes(types) : undefined;
}

function isNull(schema: Schema): boolean {
  const { types, values, refs, all, unions } = schema;
  if (refs.length + all.length + unions.length > 0) return false;
  if (types) return types.length === 1 && types[0] === "null";
  return values?.length === 1 && values[0] === null;
}

function onlyUnion(shape: Shape): Placed<Union> | undefined {
  const [union] = shape.unions;
  return shape.unions.length === 1 && saysOnlyUnions(shape) ? union : undefined;
}

/** Null beside it changes nothing but its types and values. */
function isPlain({
  never,
  nots,
  conditions,
  unions,
  unevaluatedProperties,
  unevaluatedItems,
}: Shape): boolean {
  const others = [
    nots,
    conditions,
    unions,
    unevaluatedProperties,
    unevaluatedItems,
  ];
  return never === undefined && others.every((each) => each.length === 0);
}

function allowsNull({ types, values }: Shape): boolean {
  return (
    (types?.value.has("null") ?? true) && (values?.value.includes(null) ?? true)
  );
}

function addNullable(shape: Shape, inner: Shape): void {
  if (inner.types) {
    allowTypes(
      shape,
      new Set([...inner.types.value, "null"]),
      inner.types.origin,
    );
  } else if (inner.values) {
    allowTypes(shape, new Set(ATOMS), inner.values.origin);
  }
  if (inner.values) {
    allowValues(shape, [...inner.values.value, null], inner.values.origin);
  }
  mergeRest(shape, inner);
}

/** The facets of the inner schema; the outer one's own come first where both have one. */
function mergeRest(shape: Shape, inner: Shape): void {
  addOwnLists(shape, inner);
  shape.minLength = tighter(shape.minLength, inner.minLength, 1);
  shape.maxLength = tighter(shape.maxLength, inner.maxLength, -1);
  shape.minItems = tighter(shape.minItems, inner.minItems, 1);
  shape.maxItems = tighter(shape.maxItems, inner.maxItems, -1);
  shape.minProperties = tighter(shape.minProperties, inner.minProperties, 1);
  shape.maxProperties = tighter(shape.maxProperties, inner.maxProperties, -1);
  shape.lower = tighterBound(shape.lower, inner.lower, 1);
  shape.upper = tighterBound(shape.upper, inner.upper, -1);
  if (inner.content) shape.content ??= inner.content;
  if (inner.unique) shape.unique ??= inner.unique;
  if (inner.extensible) shape.extensible ??= inner.extensible;
  if (inner.default) shape.default ??= inner.default;
  if (inner.deprecated) shape.deprecated ??= inner.deprecated;
}

function addOwnLists(shape: Shape, inner: Shape): void {
  for (const [name, schemas] of inner.fields) {
    shape.fields.set(name, [...(shape.fields.get(name) ?? []), ...schemas]);
  }
  for (const [name, origin] of inner.required) {
    if (!shape.required.has(name)) shape.required.set(name, origin);
  }
  shape.patterns.push(...inner.patterns);
  shape.formats.push(...inner.formats);
  shape.multiples.push(...inner.multiples);
  shape.numberFormats.push(...inner.numberFormats);
  shape.lists.push(...inner.lists);
  shape.contains.push(...inner.contains);
  shape.patternFields.push(...inner.patternFields);
  shape.closings.push(...inner.closings);
  shape.names.push(...inner.names);
  shape.dependentRequired.push(...inner.dependentRequired);
  shape.dependentSchemas.push(...inner.dependentSchemas);
}
