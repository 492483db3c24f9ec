/** Room `emit/project`: the members that a schema declares for an object, whichever keyword declares them. */
import type { ModelId, Pattern, Schema } from "../../model/schema.js";
import type { Scope } from "../check/scope.js";
import { hasOwnAssertions } from "../check/scope.js";

type Models = Pick<Scope, "model">;

/** A member, and the schemas of it: several where several keywords declare it. */
export interface DeclaredMember {
  schemas: Schema[];
  /** Those that hold for every value, whichever branch of a union it takes. */
  certain: Schema[];
}

export interface Shape {
  /** Declared members. Write-only ones are left out. */
  fields: Map<string, DeclaredMember>;
  patterns: { pattern: Pattern; schema: Schema }[];
  /** Schemas of `additionalProperties`. */
  rest: Schema[];
  /** Write-only members: never sent, also where everything else is. */
  hidden: Set<string>;
  /** Anything may be there and belongs to the contract. */
  open: boolean;
  /** Names that every value has to have. */
  required: Set<string>;
}

/** Merges what `properties`, references, `allOf`, unions and conditions declare. */
export function shapeOf(models: Models, schema: Schema): Shape {
  const shape: Shape = {
    fields: new Map(),
    patterns: [],
    rest: [],
    hidden: new Set(),
    open: false,
    required: new Set(),
  };
  gather(models, schema, shape, new Set(), true);
  if (isBare(shape)) shape.open = true;
  // What is demanded by name is declared, although nothing else is said of it.
  for (const key of shape.required) {
    if (shape.fields.has(key) || shape.hidden.has(key)) continue;
    const anything = anySchema(schema);
    shape.fields.set(key, { schemas: [anything], certain: [anything] });
  }
  return shape;
}

function isBare({ fields, patterns, rest }: Shape): boolean {
  return fields.size === 0 && patterns.length === 0 && rest.length === 0;
}

function gather(
  models: Models,
  schema: Schema,
  into: Shape,
  visiting: Set<ModelId>,
  certain: boolean,
): void {
  const { object } = schema;
  if (object) {
    if (certain) for (const key of object.required) into.required.add(key);
    for (const field of object.fields) {
      if (field.schema.access === "write") {
        into.hidden.add(field.name);
        continue;
      }
      const known = into.fields.get(field.name);
      const member = known ?? { schemas: [], certain: [] };
      member.schemas.push(field.schema);
      if (certain) member.certain.push(field.schema);
      if (!known) into.fields.set(field.name, member);
    }
    into.patterns.push(...object.patterns);
    for (const each of object.dependentSchemas) {
      gather(models, each.schema, into, visiting, false);
    }
  }
  const rest = object?.rest ?? schema.unevaluatedProperties;
  if (rest && !rest.never) {
    if (isAnything(rest)) into.open = true;
    else into.rest.push(rest);
  }
  for (const id of schema.refs) {
    if (visiting.has(id)) continue;
    visiting.add(id);
    gather(models, models.model(id).schema, into, visiting, certain);
  }
  for (const part of schema.all) {
    gather(models, part, into, visiting, certain);
  }
  for (const union of schema.unions) {
    for (const branch of union.of) {
      // A branch that is a free object declares that anything may come.
      if (isFreeObject(models, branch, visiting)) into.open = true;
      gather(models, branch, into, visiting, false);
    }
  }
  const { condition } = schema;
  if (condition) {
    gather(models, condition.test, into, visiting, false);
    if (condition.yes) gather(models, condition.yes, into, visiting, false);
    if (condition.no) gather(models, condition.no, into, visiting, false);
  }
}

function anySchema({ origin }: Schema): Schema {
  return { origin, doc: {}, refs: [], all: [], unions: [], examples: [] };
}

/** A schema of the kind `{}`. */
export function isAnything(schema: Schema): boolean {
  return schema.refs.length === 0 && !hasOwnAssertions(schema);
}

/** `{ type: object }` and `{}` as a branch: no member is declared, so none is undeclared. */
export function isFreeObject(
  models: Models,
  branch: Schema,
  visiting: ReadonlySet<ModelId> = new Set(),
): boolean {
  if (branch.never || branch.values) return false;
  const mayBeObject =
    branch.types === undefined || branch.types.includes("object");
  if (!mayBeObject) return false;
  if (branch.refs.length > 0) {
    return (
      branch.refs.length === 1 &&
      branch.refs.every((id) => {
        if (visiting.has(id)) return false;
        const target = models.model(id).schema;
        return isFreeObject(models, target, new Set([...visiting, id]));
      })
    );
  }
  const { object } = branch;
  const declares =
    object !== undefined &&
    (object.fields.length > 0 ||
      object.patterns.length > 0 ||
      object.required.length > 0 ||
      object.rest !== undefined);
  return (
    !declares &&
    branch.all.length === 0 &&
    branch.unions.length === 0 &&
    branch.condition === undefined &&
    (branch.types === undefined ? object === undefined : true)
  );
}
