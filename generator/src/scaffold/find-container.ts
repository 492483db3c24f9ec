/** Room `scaffold`: finds the handlers of one group in a file of the user's, by syntax alone. */
import type { Expression, SourceFile } from "ts-morph";
import type { Container } from "./container.js";
import type { HandlerGroup } from "./handler-group.js";
import { createResolver, type Sources } from "./resolve-container.js";
import { morph } from "./syntax.js";

/** An object of some of the handlers is not the object of the handlers. */
const PARTS = /\b(?:Partial|Pick|Omit|Record)</;

/**
 * In this order: what the file exports under the group's key; what is typed with the group's interface; a member of the
 * key's name in an exported object; the default export.
 */
export function findContainer(
  file: SourceFile,
  group: HandlerGroup,
  sources: Sources,
): Container | undefined {
  const resolver = createResolver(sources);
  for (const name of [
    exportedLocal(file, group.key),
    ...typedNames(file, group),
  ]) {
    const found = name && resolver.named(file, name);
    if (found) return found;
  }
  for (const expression of memberValues(file, group)) {
    const found = resolver.expression(expression);
    if (found) return found;
  }
  return resolver.defaultExport(file);
}

/** The local name behind `export { local as key }`, `export const key`. */
function exportedLocal(file: SourceFile, key: string): string | undefined {
  for (const declaration of file.getExportDeclarations()) {
    for (const each of declaration.getNamedExports()) {
      if ((each.getAliasNode()?.getText() ?? each.getName()) === key) {
        return declaration.hasModuleSpecifier() ? undefined : each.getName();
      }
    }
  }
  const isExported =
    file.getVariableDeclaration(key)?.isExported() ??
    file.getClass(key)?.isExported() ??
    file.getFunction(key)?.isExported() ??
    false;
  return isExported ? key : undefined;
}

/** Names that are declared with the group's interface: by annotation, `satisfies`, `implements` or as what a function returns. */
function typedNames(file: SourceFile, group: HandlerGroup): string[] {
  const mention = new RegExp(
    `(?<![\\w$])${group.type.replaceAll("$", "\\$")}(?![\\w$])|(?<![\\w$])Handlers\\[["']${group.key.replaceAll("$", "\\$")}["']\\]`,
    "u",
  );
  const names: string[] = [];
  const note = (name: string | undefined, ...texts: (string | undefined)[]) => {
    const isTyped = texts.some(
      (text) => text && mention.test(text) && !PARTS.test(text),
    );
    if (name !== undefined && isTyped) names.push(name);
  };
  for (const each of file.getVariableDeclarations()) {
    note(
      each.getName(),
      each.getTypeNode()?.getText(),
      ...typesOf(each.getInitializer()),
    );
  }
  for (const each of file.getFunctions()) {
    note(each.getName(), each.getReturnTypeNode()?.getText());
  }
  for (const each of file.getClasses()) {
    note(each.getName(), ...each.getImplements().map((type) => type.getText()));
  }
  return names;
}

/** The types that an expression names of itself. */
function typesOf(expression: Expression | undefined): (string | undefined)[] {
  const { Node } = morph();
  if (expression === undefined) return [];
  if (
    Node.isSatisfiesExpression(expression) ||
    Node.isAsExpression(expression)
  ) {
    return [
      expression.getTypeNode()?.getText(),
      ...typesOf(expression.getExpression()),
    ];
  }
  if (
    Node.isArrowFunction(expression) ||
    Node.isFunctionExpression(expression)
  ) {
    return [expression.getReturnTypeNode()?.getText()];
  }
  if (Node.isParenthesizedExpression(expression)) {
    return typesOf(expression.getExpression());
  }
  return [];
}

/** `{ books: … }` in a top-level object. */
function memberValues(file: SourceFile, group: HandlerGroup): Expression[] {
  const { Node } = morph();
  const values: Expression[] = [];
  for (const declaration of file.getVariableDeclarations()) {
    let value = declaration.getInitializer();
    while (
      Node.isSatisfiesExpression(value) ||
      Node.isAsExpression(value) ||
      Node.isParenthesizedExpression(value)
    ) {
      value = value.getExpression();
    }
    if (!Node.isObjectLiteralExpression(value)) continue;
    const member = value.getProperty(group.key);
    if (Node.isPropertyAssignment(member)) {
      const initializer = member.getInitializer();
      if (initializer !== undefined) values.push(initializer);
    } else if (Node.isShorthandPropertyAssignment(member)) {
      values.push(member.getNameNode());
    }
  }
  return values;
}
