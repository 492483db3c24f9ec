/** Room `name`: the parts of a `contract.ts` that would be too long for one file. */
import type { Operation } from "../model/api.js";
import type { Model } from "../model/schema.js";
import type { ContractPart, FilePath, Layout } from "./layout.js";
import { inOrder, partFiles } from "./part-files.js";

/** Operations and models that `contract.ts` holds itself. */
const MOST_TOGETHER = 400;
/** On average; a model has about a hundred lines in large documents. */
const MOST_MODELS = 64;

/** Parts beside the files of operations and of models; none when all have room in one file. */
export function contractParts(
  layout: Pick<Layout, "operationsByFile" | "modelsByFile" | "model">,
): ContractPart[] {
  const models = [...layout.modelsByFile.values()].flat().length;
  const operations = [...layout.operationsByFile.values()].flat().length;
  if (models + operations <= MOST_TOGETHER) return [];
  return [...operationParts(layout), ...modelParts(layout)];
}

/** A path of operations of several groups is told whole, where its first operation stands. */
function operationParts({
  operationsByFile,
}: Pick<Layout, "operationsByFile">): ContractPart[] {
  const homes = new Map<string, FilePath>();
  const parts = new Map<FilePath, Operation[]>();
  for (const [file, operations] of operationsByFile) {
    for (const operation of operations) {
      const { path } = operation;
      const home = homes.get(path) ?? (`contract/${file}` as FilePath);
      homes.set(path, home);
      const part = parts.get(home);
      if (part) part.push(operation);
      else parts.set(home, [operation]);
    }
  }
  return [...parts].map(([file, operations]) => ({
    file,
    operations,
    models: [],
  }));
}

function modelParts({
  modelsByFile,
  model,
}: Pick<Layout, "modelsByFile" | "model">): ContractPart[] {
  const parts = new Map<FilePath, Model[]>();
  for (const [home, models] of modelsByFile) {
    const stem = home.replace(/^models\//, "contract/models/").slice(0, -3);
    const typeOf = ({ id }: Model) => model(id).type;
    const files = partFiles(stem, models.map(typeOf), MOST_MODELS);
    for (const file of inOrder(files.values())) parts.set(file, []);
    for (const each of models) {
      const file = files.get(typeOf(each));
      if (file !== undefined) parts.get(file)?.push(each);
    }
  }
  return [...parts].map(([file, models]) => ({ file, operations: [], models }));
}
