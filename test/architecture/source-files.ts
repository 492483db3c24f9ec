/** Reads source files into what the house rules speak about: rooms, imports, exports, syntax. */
import { readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

export interface Import {
  /** A path from the project's root for a file of ours, else the specifier as written. */
  to: string;
  /** It leaves no trace at run time. */
  typeOnly: boolean;
  names: string[];
}

export interface SourceFile {
  /** From the project's root, with `/`. */
  path: string;
  /** First folder below `src`; empty for files directly in it. */
  room: string;
  text: string;
  imports: Import[];
  exportedFunctions: string[];
  classes: { name: string; parent: string | undefined }[];
  syntax: ts.SourceFile;
}

/** All `.ts` files below a folder; none when it does not exist. */
export function sourceFiles(folder: string): SourceFile[] {
  const base = posix.join(ROOT, folder);
  return listing(base)
    .filter((name) => name.endsWith(".ts") && !name.includes("node_modules"))
    .map((name) => readSource(folder, name.replaceAll("\\", "/")))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** Every node of a file, outermost first. */
export function* nodesOf(file: SourceFile): Generator<ts.Node> {
  const open: ts.Node[] = [file.syntax];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    yield node;
    ts.forEachChild(node, (child) => {
      open.push(child);
    });
  }
}

function listing(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: "utf8" });
  } catch {
    return [];
  }
}

function readSource(folder: string, name: string): SourceFile {
  const path = posix.join(folder, name);
  const text = readFileSync(posix.join(ROOT, path), "utf8");
  const syntax = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  const file: SourceFile = {
    path,
    room: name.includes("/") ? (name.split("/")[0] ?? "") : "",
    text,
    imports: [],
    exportedFunctions: [],
    classes: [],
    syntax,
  };
  for (const node of nodesOf(file)) {
    const found = importOf(node);
    if (found !== undefined) {
      const { specifier, ...rest } = found;
      const to = specifier.startsWith(".")
        ? posix.join(posix.dirname(path), specifier)
        : specifier;
      file.imports.push({ to, ...rest });
    }
    if (ts.isClassDeclaration(node)) {
      const [heritage] = node.heritageClauses ?? [];
      file.classes.push({
        name: node.name?.text ?? "",
        parent: heritage?.types[0]?.expression.getText(syntax),
      });
    }
    if (ts.isFunctionDeclaration(node) && node.name && isExported(node)) {
      file.exportedFunctions.push(node.name.text);
    }
  }
  return file;
}

function isExported(node: ts.FunctionDeclaration): boolean {
  return (node.modifiers ?? []).some(
    (each) => each.kind === ts.SyntaxKind.ExportKeyword,
  );
}

function importOf(
  node: ts.Node,
): { specifier: string; typeOnly: boolean; names: string[] } | undefined {
  if (
    ts.isImportDeclaration(node) &&
    ts.isStringLiteral(node.moduleSpecifier)
  ) {
    const clause = node.importClause;
    const bindings = clause?.namedBindings;
    const named =
      bindings && ts.isNamedImports(bindings) ? [...bindings.elements] : [];
    return {
      specifier: node.moduleSpecifier.text,
      typeOnly:
        clause?.isTypeOnly === true ||
        (named.length > 0 &&
          clause?.name === undefined &&
          named.every((each) => each.isTypeOnly)),
      names: named.map((each) => (each.propertyName ?? each.name).text),
    };
  }
  if (
    ts.isExportDeclaration(node) &&
    node.moduleSpecifier &&
    ts.isStringLiteral(node.moduleSpecifier)
  ) {
    const { text: specifier } = node.moduleSpecifier;
    return { specifier, typeOnly: node.isTypeOnly, names: [] };
  }
  if (
    ts.isCallExpression(node) &&
    node.expression.kind === ts.SyntaxKind.ImportKeyword
  ) {
    const [argument] = node.arguments;
    if (argument && ts.isStringLiteral(argument)) {
      return { specifier: argument.text, typeOnly: false, names: [] };
    }
  }
  return undefined;
}
