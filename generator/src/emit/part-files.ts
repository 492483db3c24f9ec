/** Room `emit`: the files of operations and of models: printed, or taken over from an earlier run. */
import type { Model, ModelId } from "../model/schema.js";
import type { FilePath } from "../name/layout.js";
import type { EmitContext } from "./context.js";
import {
  emitFunction,
  emitType,
  functionName,
  type ModelDemand,
  type Wanted,
} from "./model.js";
import { emitOperations } from "./operation.js";
import { type PartRecord, type Reuse, WHOLE_FILE } from "./reuse.js";
import type { SourceUnit } from "./unit.js";

export function emitOperationFiles(
  context: EmitContext,
  demand: ModelDemand,
  reuse: Reuse,
): void {
  for (const [file, operations] of context.layout.operationsByFile) {
    const inputs = reuse.ingredients.digest("all", operations, []);
    const record = reuse.record(file, inputs);
    if (record && reuse.take(file, record)) {
      demand.askAgain(record.calls[WHOLE_FILE] ?? "");
      continue;
    }
    const found = context.diagnostics.list.length;
    const calls = demand.during(() =>
      emitOperations(context, context.unit(file), operations),
    );
    context.finish(file);
    // what is said while a file is printed would not be said by a run that takes it over
    if (context.diagnostics.list.length === found) {
      reuse.note(file, inputs, { [WHOLE_FILE]: calls });
    }
  }
}

/** One file of models in the making. */
interface ModelFile {
  models: readonly Model[];
  inputs: string;
  record: PartRecord | undefined;
  calls: Record<string, string>;
}

/** Functions are made when something asks for them, each by itself, and put in the order of the document. */
export function emitModelFiles(
  context: EmitContext,
  demand: ModelDemand,
  reuse: Reuse,
): void {
  const files = new Map<FilePath, ModelFile>();
  for (const [file, models] of context.layout.modelsByFile) {
    const inputs = reuse.ingredients.digest("all", [], models);
    const record = reuse.record(file, inputs);
    files.set(file, { models, inputs, record, calls: {} });
  }
  const made = new Map<string, SourceUnit>();
  const make = (id: ModelId, which: Wanted, called: string) => {
    const { file } = context.layout.model(id);
    const section = context.unit(file).section();
    const calls = demand.during(() =>
      emitFunction(context, section, context.model(id), which),
    );
    made.set(called, section);
    return calls;
  };
  for (let next = demand.next(); next; next = demand.next()) {
    const { id, which } = next;
    const names = context.layout.model(id);
    const called = functionName(names, which);
    const file = files.get(names.file);
    if (!file) throw new Error(`no file for ${called}`);
    const known = file.record?.calls[called];
    if (known !== undefined) demand.askAgain(known);
    file.calls[called] = known ?? make(id, which, called);
  }
  for (const [path, file] of files) {
    const { record, calls, inputs } = file;
    const isSame = record && sameKeys(record.calls, calls);
    if (isSame && reuse.take(path, record)) continue;
    reuse.note(path, inputs, inOrder(calls));
    printModels(context, demand, context.unit(path), file, made, make);
    context.finish(path);
  }
}

function printModels(
  context: EmitContext,
  demand: ModelDemand,
  unit: SourceUnit,
  { models }: ModelFile,
  made: ReadonlyMap<string, SourceUnit>,
  make: (id: ModelId, which: Wanted, called: string) => string,
): void {
  for (const model of models) {
    const names = context.layout.model(model.id);
    emitType(context, unit, model);
    for (const which of demand.of(model.id)) {
      const called = functionName(names, which);
      const section = made.get(called);
      if (section && unit.adopt(section)) continue;
      make(model.id, which, called);
      const again = made.get(called);
      if (!again || !unit.adopt(again))
        throw new Error(`${called} has no place`);
    }
  }
}

function sameKeys(a: object, b: object): boolean {
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key))
  );
}

/** By name: the order in which functions were asked for is nobody's business. */
function inOrder(calls: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(calls).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
