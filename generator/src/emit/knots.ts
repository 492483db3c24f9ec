/** Room `emit`: models that consist of themselves with no object between: a list of lists of itself. */
import type { ModelId, Schema } from "../model/schema.js";
import type { Scope } from "./check/scope.js";

type Models = Pick<Scope, "model">;

/** The models that lead from this one back to it through lists, unions and references alone. */
export function knotOf(models: Models, start: ModelId): Set<ModelId> {
  const ahead = reached(models, start);
  if (!ahead.has(start)) return new Set();
  return new Set([...ahead].filter((id) => reached(models, id).has(start)));
}

function reached(models: Models, start: ModelId): Set<ModelId> {
  const seen = new Set<ModelId>();
  const pending = [start];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    for (const next of directReferences(models.model(id).schema)) {
      if (seen.has(next)) continue;
      seen.add(next);
      pending.push(next);
    }
  }
  return seen;
}

function* directReferences(schema: Schema): Generator<ModelId> {
  yield* schema.refs;
  const parts = [
    ...schema.all,
    ...schema.unions.flatMap((union) => union.of),
    ...(schema.array?.prefix ?? []),
    ...(schema.array?.items ? [schema.array.items] : []),
  ];
  for (const part of parts) yield* directReferences(part);
}
