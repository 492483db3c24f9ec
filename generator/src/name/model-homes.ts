/** Room `name`: the file that each model lives in. */
import type { Api } from "../model/api.js";
import type { ModelId } from "../model/schema.js";
import type { FilePath } from "./layout.js";

export const sharedModels = "models/shared.ts" as FilePath;

/** A model that only one group reaches, itself or through others, lives with that group; all others are shared. */
export function modelHomes(
  api: Api,
  homeOf: (group: Api["groups"][number]) => FilePath,
): Map<ModelId, FilePath> {
  const homes = new Map<ModelId, FilePath>();
  for (const group of api.groups) {
    const home = homeOf(group);
    const pending = group.operations.flatMap(({ uses }) => uses);
    for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
      const known = homes.get(id);
      if (known === home || known === sharedModels) continue;
      homes.set(id, known === undefined ? home : sharedModels);
      for (const used of api.models.get(id)?.uses ?? []) pending.push(used);
    }
  }
  for (const id of api.models.keys()) {
    if (!homes.has(id)) homes.set(id, sharedModels);
  }
  return homes;
}
