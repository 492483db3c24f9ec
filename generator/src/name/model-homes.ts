/** Room `name`: the file that each model lives in. */
import type { Api, Operation } from "../model/api.js";
import { modelGraph, referencesOf } from "../model/model-graph.js";
import type { ModelId, Schema } from "../model/schema.js";
import type { FilePath } from "./layout.js";

export const sharedModels = "models/shared.ts" as FilePath;

/** A model that only one group reaches, itself or through others, lives with that group; all others are shared. */
export function modelHomes(
  api: Api,
  homeOf: (group: Api["groups"][number]) => FilePath,
): Map<ModelId, FilePath> {
  const graph = modelGraph(api.models);
  const homes = new Map<ModelId, FilePath>();
  for (const group of api.groups) {
    const home = homeOf(group);
    const pending = group.operations.flatMap(operationReferences);
    for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
      const known = homes.get(id);
      if (known === home || known === sharedModels) continue;
      homes.set(id, known === undefined ? home : sharedModels);
      pending.push(...(graph.get(id) ?? []));
    }
  }
  for (const id of api.models.keys()) {
    if (!homes.has(id)) homes.set(id, sharedModels);
  }
  return homes;
}

function operationReferences(operation: Operation): ModelId[] {
  return operationSchemas(operation).flatMap((schema) => [
    ...referencesOf(schema),
  ]);
}

function operationSchemas({ params, body, answers }: Operation): Schema[] {
  const media = [
    ...(body?.media ?? []),
    ...answers.flatMap((answer) => answer.media),
  ];
  return [
    ...params.map((param) => param.schema),
    ...answers.flatMap((answer) => answer.headers.map(({ schema }) => schema)),
    ...media.flatMap((each) => [
      each.schema,
      ...(each.item ? [each.item] : []),
      ...each.encoding.flatMap(({ headers }) =>
        headers.map(({ schema }) => schema),
      ),
    ]),
  ];
}
