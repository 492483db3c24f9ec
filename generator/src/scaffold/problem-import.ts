/** Room `scaffold`: what `problem` of the runtime is called in a file, and the import where there is none. */
import type { SourceFile } from "ts-morph";
import type { Insertion } from "./insert-stubs.js";
import { morph } from "./syntax.js";

const RUNTIME = "@kontract/runtime";

export function bindProblem(
  file: SourceFile,
  text: string,
): { name: string; insertion?: Insertion } {
  for (const each of file.getImportDeclarations()) {
    if (each.getModuleSpecifierValue() !== RUNTIME || each.isTypeOnly())
      continue;
    const namespace = each.getNamespaceImport()?.getText();
    if (namespace !== undefined) return { name: `${namespace}.problem` };
    for (const one of each.getNamedImports()) {
      if (one.getName() === "problem" && !one.isTypeOnly()) {
        return { name: one.getAliasNode()?.getText() ?? "problem" };
      }
    }
  }
  const used = new Set(
    file
      .getDescendantsOfKind(morph().SyntaxKind.Identifier)
      .map((each) => each.getText()),
  );
  let name = "problem";
  if (used.has(name)) name = "kontractProblem";
  while (used.has(name)) name += "_";
  const clause = name === "problem" ? name : `problem as ${name}`;
  return {
    name,
    insertion: insertImport(
      file,
      text,
      `import { ${clause} } from "${RUNTIME}";`,
    ),
  };
}

function insertImport(file: SourceFile, text: string, line: string): Insertion {
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const last = file.getImportDeclarations().at(-1);
  if (last !== undefined) {
    const end = last.getEnd();
    const rest = /^[^\r\n]*/.exec(text.slice(end))?.[0] ?? "";
    // a remark behind the last import stays on its line
    const at = /^\s*(?:\/\/.*|\/\*[^*]*\*\/\s*)?$/.test(rest)
      ? end + rest.length
      : end;
    return { at, text: eol + line };
  }
  const { Node } = morph();
  const first = file
    .getStatements()
    .find(
      (each) =>
        !Node.isExpressionStatement(each) ||
        !Node.isStringLiteral(each.getExpression()),
    );
  const at = first?.getStart(true) ?? text.length;
  return { at, text: line + eol + eol };
}
