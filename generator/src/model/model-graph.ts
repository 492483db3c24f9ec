/** Room `model`: which model refers to which. */
import type { Model, ModelId, Schema } from "./schema.js";
import { walk } from "./walk.js";

/** Edges in the order they are met, each once. Children by inheritance count: a check of the base leads to them. */
export function modelGraph(
  models: ReadonlyMap<ModelId, Model>,
): Map<ModelId, ModelId[]> {
  const graph = new Map<ModelId, ModelId[]>();
  for (const [id, model] of models) {
    const edges = referencesOf(model.schema);
    for (const child of model.children?.of ?? []) edges.add(child.model);
    graph.set(id, [...edges]);
  }
  return graph;
}

/** The models that a schema refers to itself, not through others. */
export function referencesOf(schema: Schema): Set<ModelId> {
  const found = new Set<ModelId>();
  walk(schema, ({ refs }) => {
    for (const id of refs) found.add(id);
  });
  return found;
}
