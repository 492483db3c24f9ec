/** Room `live`: TypeScript into JavaScript, file by file, without a look at types. */
import { createRequire } from "node:module";
import { posix } from "node:path";
import type ts from "typescript";

export interface SourceText {
  path: string;
  text: string;
}

export interface Transpiled {
  code: string;
  /** Files that it imports when it is loaded itself, as sources. */
  imports: string[];
}

// an `import` would read the nine megabytes once more, to find what they export
const compiler: typeof ts = createRequire(import.meta.url)("typescript");

/** Files that are imported later are asked for by this name. */
const LATER = "importLater";

/** `loader`: exports what `import()` of a relative file becomes, `importLater(path)`. */
export function transpile(
  { path, text }: SourceText,
  loader: string,
): Transpiled {
  let asksLater = false;
  const sourceOf = (specifier: string): string | undefined =>
    specifier.startsWith(".")
      ? asTypeScript(posix.join(posix.dirname(path), specifier))
      : undefined;
  const postpone: ts.TransformerFactory<ts.SourceFile> = (context) => {
    const visit = (node: ts.Node): ts.Node => {
      const specifier = isImportCall(node) ? node.arguments[0] : undefined;
      const source =
        specifier && compiler.isStringLiteral(specifier)
          ? sourceOf(specifier.text)
          : undefined;
      if (source === undefined)
        return compiler.visitEachChild(node, visit, context);
      asksLater = true;
      const { factory } = context;
      return factory.createCallExpression(
        factory.createIdentifier(LATER),
        undefined,
        [factory.createStringLiteral(source)],
      );
    };
    return (file) => compiler.visitEachChild(file, visit, context);
  };
  const { outputText } = compiler.transpileModule(text, {
    fileName: path,
    transformers: text.includes("import(") ? { before: [postpone] } : {},
    compilerOptions: {
      target: compiler.ScriptTarget.ES2022,
      module: compiler.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
    },
  });
  const { importedFiles } = compiler.preProcessFile(outputText);
  return {
    code: asksLater
      ? `import { ${LATER} } from ${JSON.stringify(loader)};\n${outputText}`
      : outputText,
    imports: importedFiles.flatMap(({ fileName }) => sourceOf(fileName) ?? []),
  };
}

export function asJavaScript(path: string): string {
  return path.replace(/\.ts$/, ".js");
}

function asTypeScript(path: string): string {
  return path.replace(/\.js$/, ".ts");
}

function isImportCall(node: ts.Node): node is ts.CallExpression {
  return (
    compiler.isCallExpression(node) &&
    node.expression.kind === compiler.SyntaxKind.ImportKeyword
  );
}
