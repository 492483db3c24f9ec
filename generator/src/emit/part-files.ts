/** Room `emit`: the files of operations and of models: printed, or taken over from an earlier run. */
import type { Operation } from "../model/api.js";
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

/** What a kind of files makes of operations and models. The functions of models go by the demand's direction. */
export interface PartKind {
  /** Where the file stands that belongs to a file of the layout. */
  pathOf(file: FilePath): FilePath;
  emitOperations(
    context: EmitContext,
    unit: SourceUnit,
    operations: readonly Operation[],
  ): void;
  /** How much of an operation the text depends on. */
  reads: "types" | "all";
  /** What else it depends on. */
  salt: string;
}

/** Operations and models themselves. */
export const CONTRACT_PARTS: PartKind = {
  pathOf: (file) => file,
  emitOperations,
  reads: "all",
  salt: "",
};

/** Gives the files that have anything in them, by their names in the layout. */
export function emitOperationFiles(
  context: EmitContext,
  demand: ModelDemand,
  reuse: Reuse,
  kind: PartKind,
): Set<FilePath> {
  const filled = new Set<FilePath>();
  for (const [file, operations] of context.layout.operationsByFile) {
    const path = kind.pathOf(file);
    const inputs = reuse.ingredients.digest(
      kind.reads,
      operations,
      [],
      kind.salt,
    );
    const record = reuse.record(path, inputs);
    if (record && reuse.take(path, record)) {
      demand.askAgain(record.calls[WHOLE_FILE] ?? "");
      filled.add(file);
      continue;
    }
    const found = context.diagnostics.list.length;
    const unit = context.unit(path);
    const calls = demand.during(() =>
      kind.emitOperations(context, unit, operations),
    );
    context.finish(path);
    if (unit.isEmpty) continue;
    filled.add(file);
    // what is said while a file is printed would not be said by a run that takes it over
    if (context.diagnostics.list.length === found) {
      reuse.note(path, inputs, { [WHOLE_FILE]: calls });
    }
  }
  return filled;
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
  { pathOf, reads, salt }: PartKind,
): void {
  const files = new Map<FilePath, ModelFile>();
  for (const [file, models] of context.layout.modelsByFile) {
    const inputs = reuse.ingredients.digest(reads, [], models, salt);
    const record = reuse.record(pathOf(file), inputs);
    files.set(file, { models, inputs, record, calls: {} });
  }
  const made = new Map<string, SourceUnit>();
  const make = (id: ModelId, which: Wanted, called: string) => {
    const { file } = context.layout.model(id);
    const section = context.unit(pathOf(file)).section();
    const model = context.model(id);
    const calls = demand.during(() =>
      emitFunction(context, section, model, which, demand.direction),
    );
    made.set(called, section);
    return calls;
  };
  for (let next = demand.next(); next; next = demand.next()) {
    const { id, which } = next;
    const names = context.layout.model(id);
    const called = functionName(names, which, demand.direction);
    const file = files.get(names.file);
    if (!file) throw new Error(`no file for ${called}`);
    const known = file.record?.calls[called];
    if (known !== undefined) demand.askAgain(known);
    file.calls[called] = known ?? make(id, which, called);
  }
  for (const [own, file] of files) {
    const { record, calls, inputs } = file;
    const path = pathOf(own);
    const isSame = record && sameKeys(record.calls, calls);
    if (isSame && reuse.take(path, record)) continue;
    const unit = context.unit(path);
    printModels(context, demand, unit, file, made, make);
    if (!unit.isEmpty) reuse.note(path, inputs, inOrder(calls));
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
    if (demand.direction === "input") emitType(context, unit, model);
    for (const which of demand.of(model.id)) {
      const called = functionName(names, which, demand.direction);
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
