/** Room `model`: makes one model of those that differ only by a dynamic scope that they never ask. */
import type { SchemaBuilder } from "./build-schema.js";
import { modelId, type PlannedModel } from "./model-registry.js";
import type { ModelId } from "./schema.js";
import { walk } from "./walk.js";

/**
 * A schema is built once for each dynamic scope that it is reached in. Few schemas care: the scope is cut down to the
 * anchors that the schema or anything it refers to looks up, and models that are equal then become one.
 */
export function mergeSpecialised(schemas: SchemaBuilder): void {
  const planned = [...schemas.models.values()];
  if (planned.every(({ environment }) => environment.key === "")) return;

  const asked = askedAnchors(planned, schemas);
  const kept = new Map<ModelId, PlannedModel>();
  const moved = new Map<ModelId, ModelId>();
  for (const model of planned) {
    const { origin } = model.target;
    const environment = schemas.environments.restrict(
      model.environment,
      asked.get(model.id) ?? new Set(),
    );
    const id = modelId(origin, environment);
    moved.set(model.id, id);
    if (!kept.has(id)) kept.set(id, { ...model, id, environment });
  }

  const move = (id: ModelId): ModelId => moved.get(id) ?? id;
  for (const schema of schemas.schemas) schema.refs = schema.refs.map(move);
  for (const discriminator of schemas.discriminators.values()) {
    for (const each of discriminator.mapping) each.model = move(each.model);
    if (discriminator.otherwise !== undefined) {
      discriminator.otherwise = move(discriminator.otherwise);
    }
  }
  schemas.models.clear();
  for (const [id, model] of kept) schemas.models.set(id, model);
}

/** For each model, the anchors that are looked up in it or in anything that it refers to. */
function askedAnchors(
  planned: PlannedModel[],
  { consulted }: SchemaBuilder,
): Map<ModelId, Set<string>> {
  const asked = new Map<ModelId, Set<string>>();
  const users = new Map<ModelId, ModelId[]>();
  for (const { id, schema } of planned) {
    const own = new Set<string>();
    asked.set(id, own);
    if (!schema) continue;
    walk(schema, (each) => {
      for (const anchor of consulted.get(each) ?? []) own.add(anchor);
      for (const used of each.refs) {
        const list = users.get(used);
        if (list) list.push(id);
        else users.set(used, [id]);
      }
    });
  }
  const pending = planned.map(({ id }) => id);
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    for (const user of users.get(id) ?? []) {
      const into = asked.get(user);
      if (!into) continue;
      const before = into.size;
      for (const anchor of asked.get(id) ?? []) into.add(anchor);
      if (into.size > before) pending.push(user);
    }
  }
  return asked;
}
