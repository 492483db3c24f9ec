/** Room `emit`: the files of the contract's types: `contract.ts` alone, or with parts that it puts together. */
import type { Json, JsonObject } from "../load/document.js";
import type { Model } from "../model/schema.js";
import type { ContractPart, FilePath } from "../name/layout.js";
import {
  type Code,
  hardline,
  indent,
  join,
  lines,
  name,
  nothing,
  ts,
} from "./code.js";
import { projectModels, projectOperations } from "./contract.js";
import { printTypes, type TypesPart } from "./contract-printer.js";
import { record, type TypeScope } from "./contract-schema.js";
import type { EmitContext } from "./context.js";
import { CONTRACT_FILE } from "./files.js";
import { print } from "./print.js";
import type { Reuse } from "./reuse.js";
import { relativeSpecifier } from "./unit.js";

/** One file of types. */
export interface TypesFile {
  path: FilePath;
  text: string;
}

/** The file's own text stands below the header. */
export function emitContract(
  context: EmitContext,
  reuse: Reuse,
  header: string,
): TypesFile[] {
  const { layout, keys, model } = context;
  const scope: TypeScope = { model, keyOf: keys };
  const { groups, outgoing, models } = layout.api;
  const isWhole = layout.contractParts.length === 0;
  const wanted = isWhole
    ? [
        {
          file: CONTRACT_FILE,
          operations: [
            ...groups.flatMap((group) => group.operations),
            ...outgoing.map(({ operation }) => operation),
          ],
          models: [...models.values()],
        },
      ]
    : layout.contractParts;
  const changed = wanted.filter((part) => !isTaken(reuse, part));
  const files: TypesFile[] = [];
  if (changed.length > 0) {
    const reached = reuse.ingredients.reached(
      changed.flatMap((part) => part.operations),
      changed.flatMap((part) => part.models),
    );
    const all = projectModels(scope, [...reached].map(model));
    const parts = changed.map((part): TypesPart => ({
      kind: isWhole ? "whole" : kindOf(part),
      operations: projectOperations(scope, layout, part.operations),
      schemas: pick(scope, all, part.models),
    }));
    const texts = printTypes(parts, all);
    for (const [at, part] of changed.entries()) {
      const components = isWhole
        ? ""
        : importComponents(context, part, parts[at]);
      const head = importTypes(context, part, parts[at]) + components;
      const text = `${header}\n${head}\n${texts[at] ?? ""}`;
      files.push({ path: part.file, text });
    }
  }
  if (!isWhole) {
    const text = `${header}\n\n${index(context)}`;
    files.push({ path: CONTRACT_FILE, text });
  }
  return files;
}

function isTaken(reuse: Reuse, { file, operations, models }: ContractPart) {
  const inputs = reuse.ingredients.digest("types", operations, models);
  const record = reuse.record(file, inputs);
  if (record && reuse.take(file, record)) return true;
  reuse.note(file, inputs, {});
  return false;
}

function kindOf({ operations }: ContractPart): "operations" | "schemas" {
  return operations.length > 0 ? "operations" : "schemas";
}

/** The schemas of some models among all. */
function pick(
  { keyOf }: TypeScope,
  all: JsonObject,
  models: readonly Model[],
): JsonObject {
  const picked: [string, Json][] = [];
  for (const { id, split } of models) {
    const output = keyOf(id, "output");
    picked.push([output, all[output] ?? true]);
    if (!split) continue;
    const input = keyOf(id, "input");
    picked.push([input, all[input] ?? true]);
  }
  return record(picked);
}

/** A reference of the projection; a member that is called `$ref` is no text. */
function hasReference(json: Json | undefined): boolean {
  if (typeof json !== "object" || json === null) return false;
  if (Array.isArray(json)) return json.some(hasReference);
  if (typeof json["$ref"] === "string") return true;
  return Object.values(json).some(hasReference);
}

/** Types of the configuration, by name. */
function importTypes(
  context: EmitContext,
  { file }: ContractPart,
  part: TypesPart | undefined,
): string {
  const modules = new Map<string, string>();
  gatherTypes(part?.schemas, modules);
  for (const { projected } of part?.operations ?? []) {
    gatherTypes(projected, modules);
  }
  const sorted = [...modules].sort(([a], [b]) => (a < b ? -1 : 1));
  return sorted
    .map(([type, module]) => {
      const from = module.endsWith(".ts")
        ? relativeSpecifier(file, module, context.importExtension)
        : module;
      return printed(ts`import type { ${name(type)} } from ${from};`);
    })
    .join("");
}

function gatherTypes(json: Json | undefined, into: Map<string, string>): void {
  if (typeof json !== "object" || json === null) return;
  if (Array.isArray(json)) {
    for (const each of json) gatherTypes(each, into);
    return;
  }
  const { "x-kontract-type": type, "x-kontract-module": module } = json;
  if (typeof type === "string" && typeof module === "string") {
    into.set(type, module);
  }
  for (const each of Object.values(json)) gatherTypes(each, into);
}

/** The line above the types of a part, where they refer to models. */
function importComponents(
  context: EmitContext,
  { file }: ContractPart,
  part: TypesPart | undefined,
): string {
  const refers =
    hasReference(part?.schemas) ||
    part?.operations.some((each) => hasReference(each.projected));
  if (!refers) return "";
  const from = relativeSpecifier(file, CONTRACT_FILE, context.importExtension);
  return printed(ts`import type { ${name("components")} } from ${from};`);
}

/** `contract.ts` where it has parts: the same types under the same names. */
function index(context: EmitContext): string {
  // What the service sends has no path.
  const sent = new Set(
    context.layout.api.outgoing.map(({ operation }) => operation),
  );
  const imports: Code[] = [];
  const paths: Code[] = [];
  const operations: Code[] = [];
  const schemas: Code[] = [];
  for (const [at, part] of context.layout.contractParts.entries()) {
    const alias = (of: string) => name(`${of}${at + 1}`);
    const hasPaths = part.operations.some((each) => !sent.has(each));
    const names =
      part.operations.length === 0
        ? ["schemas"]
        : hasPaths
          ? ["operations", "paths"]
          : ["operations"];
    const from = relativeSpecifier(
      CONTRACT_FILE,
      part.file,
      context.importExtension,
    );
    const clauses = names.map((each) => ts`${name(each)} as ${alias(each)}`);
    imports.push(ts`import type { ${join(ts`, `, clauses)} } from ${from};`);
    if (part.operations.length > 0) {
      if (hasPaths) paths.push(alias("paths"));
      operations.push(alias("operations"));
    } else schemas.push(alias("schemas"));
  }
  const empty = ts`Record<string, never>`;
  return printed(
    lines([
      ...imports,
      nothing,
      together("paths", paths),
      ts`export type webhooks = ${empty};`,
      together("schemas", schemas),
      ts`export interface components {
  schemas: schemas;
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}`,
      ts`export type $defs = ${empty};`,
      together("operations", operations),
    ]),
  );
}

/** An interface that extends others: members of interfaces are looked up one by one, those of intersections are not. */
function together(of: string, parts: readonly Code[]): Code {
  return parts.length === 0
    ? ts`export type ${name(of)} = Record<string, never>;`
    : ts`export interface ${name(of)}
  extends ${indent(join(ts`,${hardline}`, parts))} {}`;
}

function printed(code: Code): string {
  return `${print(code, (symbol) => symbol.name)}\n`;
}
