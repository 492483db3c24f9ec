/** Room `model`: the inheritance form of `discriminator`: a base schema, and schemas that extend it by `allOf`. */
import type { Discriminator } from "./discriminator.js";
import { schemaName } from "./schema-name.js";
import type { Model, ModelId } from "./schema.js";

/** Which models extend a model directly, in document order. */
export type Extensions = ReadonlyMap<ModelId, ModelId[]>;

export function extensionsOf(models: ReadonlyMap<ModelId, Model>): Extensions {
  const extensions = new Map<ModelId, ModelId[]>();
  for (const { id, schema } of models.values()) {
    for (const base of new Set(schema.all.flatMap(({ refs }) => refs))) {
      const list = extensions.get(base);
      if (list) list.push(id);
      else extensions.set(base, [id]);
    }
  }
  return extensions;
}

/** What is mapped is told by its values; other schemas that extend the base, directly or not, by their names. */
export function settleChildren(
  base: Model,
  { property, mapping }: Discriminator,
  models: ReadonlyMap<ModelId, Model>,
  extensions: Extensions,
): void {
  const children = new Map<string, ModelId>();
  const mapped = new Set<ModelId>([base.id]);
  for (const { value, model } of mapping) {
    children.set(value, model);
    mapped.add(model);
  }
  for (const id of descendants(base.id, extensions)) {
    const model = models.get(id);
    if (!model || mapped.has(id)) continue;
    const name = schemaName(model);
    if (!children.has(name)) children.set(name, id);
  }
  if (children.size === 0) return;
  const of = [...children].map(([value, model]) => ({ value, model }));
  base.children = { property, of };
}

function descendants(base: ModelId, extensions: Extensions): Set<ModelId> {
  const found = new Set(extensions.get(base));
  // Grows while it is walked.
  for (const id of found) {
    for (const each of extensions.get(id) ?? []) found.add(each);
  }
  return found;
}
