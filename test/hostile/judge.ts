/** Judges emitted TypeScript by its syntax tree: texts of a document may only be literals, comments and plain names. */
import ts from "typescript";

export interface EmittedFile {
  path: string;
  text: string;
}

/** Modules that generated code may stand on; all others are its siblings. */
const MODULES =
  /^(?:@kontract\/runtime\/(?:codegen1|client)|@koa\/router|\.{1,2}\/[\w./-]+)$/;

/** What is wrong with a file, whatever document it came from. */
export function faultsOf({ path, text }: EmittedFile): string[] {
  const source = parse(path, text);
  const faults = syntaxFaults(source).map((each) => `${path}: ${each}`);
  const add = (fault: string, node: ts.Node) =>
    faults.push(`${path}: ${fault}: ${node.getText().slice(0, 80)}`);
  walk(source, (node) => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
      const from = node.moduleSpecifier;
      if (from && !(ts.isStringLiteral(from) && MODULES.test(from.text))) {
        add("a module that nobody chose", node);
      }
    }
    if (ts.isCallExpression(node)) {
      const [argument] = node.arguments;
      const isImport = node.expression.kind === ts.SyntaxKind.ImportKeyword;
      const isLiteral =
        argument && ts.isStringLiteral(argument) && MODULES.test(argument.text);
      if (isImport && !isLiteral) add("a module that nobody chose", node);
    }
    if (ts.isImportTypeNode(node)) add("a module that nobody chose", node);
    if (
      ts.isIdentifier(node) &&
      FORBIDDEN.has(node.text) &&
      isReference(node)
    ) {
      add("a door to the machine", node.parent);
    }
    if (assignsByName(node)) add("a member that a request may name", node);
  });
  return faults;
}

const FORBIDDEN = new Set([
  "eval",
  "Function",
  "globalThis",
  "process",
  "require",
  "module",
  "fetch",
  "constructor",
]);

/** A name that is used, not one that is declared, or one of a member or type. */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  return (
    (ts.isCallExpression(parent) || ts.isNewExpression(parent)) &&
    parent.expression === node &&
    !isDeclared(node)
  );
}

function isDeclared(node: ts.Identifier): boolean {
  let found = false;
  walk(node.getSourceFile(), (each) => {
    if (
      (ts.isVariableDeclaration(each) ||
        ts.isParameter(each) ||
        ts.isBindingElement(each) ||
        ts.isFunctionDeclaration(each)) &&
      each.name !== undefined &&
      ts.isIdentifier(each.name) &&
      each.name.text === node.text
    ) {
      found = true;
    }
  });
  return found;
}

/** `target[name] = …`, where `name` is no literal: the name could be `__proto__`. */
function assignsByName(node: ts.Node): boolean {
  if (ts.isDeleteExpression(node)) return isComputed(node.expression);
  return (
    ts.isBinaryExpression(node) &&
    node.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
    node.operatorToken.kind <= ts.SyntaxKind.LastAssignment &&
    isComputed(node.left)
  );
}

function isComputed(node: ts.Expression): boolean {
  return (
    ts.isElementAccessExpression(node) &&
    !ts.isStringLiteralLike(node.argumentExpression) &&
    !ts.isNumericLiteral(node.argumentExpression) &&
    !isIndex(node.argumentExpression)
  );
}

/** Loops over lists count with names of their own. */
function isIndex(node: ts.Expression): boolean {
  return (
    ts.isIdentifier(node) && /^(?:i|j|k|at|index|\w*Index)\d*$/.test(node.text)
  );
}

/**
 * The tree without its texts: two files of one shape do the same with other words. A name may be quoted in one and plain in the
 * other, and comments do not count.
 */
export function shapeOf({ path, text }: EmittedFile): string {
  const kinds: string[] = [];
  const visit = (node: ts.Node): void => {
    kinds.push(kindOf(node));
    const children: ts.Node[] = [];
    ts.forEachChild(node, (child) => void children.push(child));
    for (const child of children) visit(child);
    kinds.push(")");
  };
  visit(parse(path, text));
  return kinds.join(" ");
}

function kindOf(node: ts.Node): string {
  if (ts.isIdentifier(node) || ts.isStringLiteralLike(node)) return "text";
  if (
    ts.isPropertyAccessExpression(node) ||
    ts.isElementAccessExpression(node)
  ) {
    return "access";
  }
  if (ts.isShorthandPropertyAssignment(node)) return "member";
  if (ts.isNumericLiteral(node)) return "text";
  return ts.SyntaxKind[node.kind] ?? String(node.kind);
}

/** The values of all string literals and of all regular expressions. */
export function literalsOf({ path, text }: EmittedFile): string[] {
  const found: string[] = [];
  walk(parse(path, text), (node) => {
    if (ts.isStringLiteralLike(node)) found.push(node.text);
    else if (ts.isIdentifier(node)) found.push(node.text);
  });
  return found;
}

function parse(path: string, text: string): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
}

/** What the parser keeps beside the tree, and does not show in its types. */
interface Parsed {
  parseDiagnostics?: readonly ts.DiagnosticWithLocation[];
  commentDirectives?: readonly unknown[];
  checkJsDirective?: unknown;
}

function syntaxFaults(source: ts.SourceFile): string[] {
  const parsed: ts.SourceFile & Parsed = source;
  const { parseDiagnostics, commentDirectives, checkJsDirective } = parsed;
  const faults = (parseDiagnostics ?? []).map(({ messageText }) =>
    ts.flattenDiagnosticMessageText(messageText, " "),
  );
  if (commentDirectives?.length) faults.push("a comment that silences checks");
  if (checkJsDirective) faults.push("a comment that silences checks");
  if (source.referencedFiles.length > 0) faults.push("a reference to a file");
  if (source.typeReferenceDirectives.length > 0) {
    faults.push("a reference to types");
  }
  return faults;
}

function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  const open: ts.Node[] = [node];
  for (let each = open.pop(); each !== undefined; each = open.pop()) {
    visit(each);
    ts.forEachChild(each, (child) => void open.push(child));
  }
}
