/** Room `model`: the models that can reach themselves. */
import type { Model, ModelId } from "./schema.js";

export function settleRecursive(
  components: ModelId[][],
  models: ReadonlyMap<ModelId, Model>,
): void {
  for (const component of components) {
    const [first] = component;
    const recursive =
      component.length > 1 ||
      (first !== undefined && models.get(first)?.uses.includes(first) === true);
    for (const id of component) {
      const model = models.get(id);
      if (model) model.recursive = recursive;
    }
  }
}
