/** Room `model`: which models a model or an operation refers to. */
import type { Operation } from "./api.js";
import type { Model, ModelId, Schema } from "./schema.js";
import { walk } from "./walk.js";

export function settleModelUses(models: ReadonlyMap<ModelId, Model>): void {
  for (const model of models.values()) {
    const uses = new Set<ModelId>();
    addReferences(model.schema, uses);
    model.uses = [...uses];
  }
}

export function settleOperationUses(operation: Operation): void {
  const uses = new Set<ModelId>();
  for (const schema of operationSchemas(operation)) addReferences(schema, uses);
  operation.uses = [...uses];
}

function addReferences(schema: Schema, uses: Set<ModelId>): void {
  walk(schema, ({ refs }) => {
    for (const id of refs) uses.add(id);
  });
}

function operationSchemas({ params, body, answers }: Operation): Schema[] {
  const media = [
    ...(body?.media ?? []),
    ...answers.flatMap((answer) => answer.media),
  ];
  const headers = [
    ...answers.flatMap((answer) => answer.headers),
    ...media.flatMap(({ encoding }) =>
      encoding.flatMap((each) => each.headers),
    ),
  ];
  return [
    ...params.map(({ schema }) => schema),
    ...media.flatMap(({ schema, item }) => (item ? [schema, item] : [schema])),
    ...headers.map(({ schema }) => schema),
  ];
}
