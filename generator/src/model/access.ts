/** Room `model`: read-only and write-only fields, and the models whose request and response shapes differ by them. */
import type { Model, ModelId, Schema } from "./schema.js";
import { walk } from "./walk.js";

/**
 * A field whose schema only refers to a read-only one is read-only itself: the mark moves to the field, so that nobody
 * has to follow references to see it.
 */
export function spreadAccess(
  schemas: Schema[],
  models: ReadonlyMap<ModelId, Model>,
): void {
  for (const { object } of schemas) {
    if (!object) continue;
    for (const { schema } of object.fields) spread(schema, models);
    for (const { schema } of object.patterns) spread(schema, models);
  }
}

function spread(schema: Schema, models: ReadonlyMap<ModelId, Model>): void {
  const { refs, all, unions } = schema;
  if (schema.access || refs.length + all.length + unions.length === 0) return;
  const access = accessOf(schema, models);
  if (access !== undefined) schema.access = access;
}

function accessOf(
  schema: Schema,
  models: ReadonlyMap<ModelId, Model>,
): Schema["access"] {
  const seen = new Set<Schema>();
  const pending = [schema];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    if (next.access !== undefined) return next.access;
    for (const each of next.all) pending.push(each);
    const wrapped = wrappedByNull(next);
    if (wrapped) pending.push(wrapped);
    for (const id of next.refs) {
      const model = models.get(id);
      if (model) pending.push(model.schema);
    }
  }
  return undefined;
}

/** "This, or null": what `this` is marked as holds for the whole. */
function wrappedByNull({ unions }: Schema): Schema | undefined {
  const [union] = unions;
  if (!union || unions.length > 1 || union.of.length !== 2) return undefined;
  const others = union.of.filter(
    ({ types }) => types?.length !== 1 || types[0] !== "null",
  );
  return others.length === 1 ? others[0] : undefined;
}

/** `components` in reverse topological order: what a model leads to is settled before it. */
export function settleSplit(
  components: ModelId[][],
  models: ReadonlyMap<ModelId, Model>,
): void {
  for (const component of components) {
    const members = component.flatMap((id) => models.get(id) ?? []);
    const split = members.some(
      (model) =>
        hasAccess(model.schema) ||
        model.uses.some((id) => models.get(id)?.split),
    );
    for (const model of members) model.split = split;
  }
}

function hasAccess(schema: Schema): boolean {
  let found = false;
  walk(schema, ({ object }) => {
    if (!object) return;
    found ||=
      object.fields.some((field) => field.schema.access !== undefined) ||
      object.patterns.some((each) => each.schema.access !== undefined) ||
      object.rest?.access !== undefined;
  });
  return found;
}
