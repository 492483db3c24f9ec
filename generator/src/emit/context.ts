/** Room `emit`: what all emitters of one run share. */
import type { Diagnostics } from "../lint/diagnostic.js";
import type { Model, ModelId } from "../model/schema.js";
import type { FilePath, Layout } from "../name/layout.js";
import type { Locals } from "./check/locals.js";
import type { ModelFunction } from "./check/scope.js";
import type { Code } from "./code.js";
import type { ContractKeys } from "./contract.js";
import type { SourceUnit } from "./unit.js";

export interface EmitContext {
  layout: Layout;
  keys: ContractKeys;
  diagnostics: Diagnostics;
  /** Status for a body that is parsed and not valid, where the operation declares it. */
  validationStatus: 400 | 422;
  /** Whether checks of answers are emitted. */
  responseChecks: boolean;
  /** Names of write-only members, wherever they are declared. */
  writeOnly: ReadonlySet<string>;
  /** Suffix of relative imports: `.js`, `.ts` or none. */
  importExtension: string;
  unit(path: FilePath): SourceUnit;
  /** Prints a file to which nothing will be added, so that its code need not be kept. */
  finish(path: FilePath): void;
  model(id: ModelId): Model;
  /** Asks for a function of a model and gives the symbol of it. */
  functionOf(id: ModelId, which: ModelFunction | "project"): Code;
}

/** The scope in which the functions of one thing are emitted. */
export interface EmitScope {
  unit: SourceUnit;
  base: string;
  locals: Locals;
}
