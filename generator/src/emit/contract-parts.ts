/** Room `emit`: the files of the contract's types: `contract.ts` alone, or with parts that it puts together. */
import type { Json } from "../load/document.js";
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
import { relativeSpecifier } from "./unit.js";

/** One file of types. */
export interface TypesFile {
  path: FilePath;
  text: string;
}

/** The file's own text stands below the header. */
export function emitContract(
  context: EmitContext,
  header: string,
): TypesFile[] {
  const { layout, keys, model } = context;
  const scope: TypeScope = { model, keyOf: keys };
  if (layout.contractParts.length === 0) {
    const groups = layout.api.groups;
    const operations = groups.flatMap((group) => group.operations);
    const models = [...layout.api.models.values()];
    const whole: TypesPart = {
      kind: "whole",
      operations: projectOperations(scope, layout, operations),
      schemas: projectModels(scope, models),
    };
    const [text = ""] = printTypes([whole], whole.schemas);
    return [{ path: CONTRACT_FILE, text: `${header}\n\n${text}` }];
  }
  const all = record([]);
  const parts = layout.contractParts.map(
    ({ operations, models }): TypesPart => {
      const schemas = projectModels(scope, models);
      Object.assign(all, schemas);
      return {
        kind: operations.length > 0 ? "operations" : "schemas",
        operations: projectOperations(scope, layout, operations),
        schemas,
      };
    },
  );
  const texts = printTypes(parts, all);
  const files = layout.contractParts.map((part, at) => {
    const projected = parts[at];
    const refers =
      hasReference(projected?.schemas) ||
      projected?.operations.some((each) => hasReference(each.projected));
    const head = refers ? importComponents(context, part) : "";
    const text = `${header}\n${head}\n${texts[at] ?? ""}`;
    return { path: part.file, text };
  });
  return [
    { path: CONTRACT_FILE, text: `${header}\n\n${index(context)}` },
    ...files,
  ];
}

/** A reference of the projection; a member that is called `$ref` is no text. */
function hasReference(json: Json | undefined): boolean {
  if (typeof json !== "object" || json === null) return false;
  if (Array.isArray(json)) return json.some(hasReference);
  if (typeof json["$ref"] === "string") return true;
  return Object.values(json).some(hasReference);
}

function importComponents(context: EmitContext, { file }: ContractPart) {
  const from = relativeSpecifier(file, CONTRACT_FILE, context.importExtension);
  return printed(ts`import type { ${name("components")} } from ${from};`);
}

/** `contract.ts` where it has parts: the same types under the same names. */
function index(context: EmitContext): string {
  const imports: Code[] = [];
  const paths: Code[] = [];
  const operations: Code[] = [];
  const schemas: Code[] = [];
  for (const [at, part] of context.layout.contractParts.entries()) {
    const alias = (of: string) => name(`${of}${at + 1}`);
    const names =
      part.operations.length > 0 ? ["operations", "paths"] : ["schemas"];
    const from = relativeSpecifier(
      CONTRACT_FILE,
      part.file,
      context.importExtension,
    );
    const clauses = names.map((each) => ts`${name(each)} as ${alias(each)}`);
    imports.push(ts`import type { ${join(ts`, `, clauses)} } from ${from};`);
    if (part.operations.length > 0) {
      paths.push(alias("paths"));
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
