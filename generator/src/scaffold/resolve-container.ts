/** Room `scaffold`: follows an expression to the object or class that it stands for. */
import type {
  Block,
  ClassDeclaration,
  ClassExpression,
  Expression,
  Node as MorphNode,
  ObjectLiteralExpression,
  SourceFile,
} from "ts-morph";
import type { Container } from "./container.js";
import { morph } from "./syntax.js";

/** How to come from an import to another file of the user's; `undefined` when it is not one. */
export type Sources = (
  specifier: string,
  from: SourceFile,
) => SourceFile | undefined;

export interface Resolver {
  named(file: SourceFile, name: string): Container | undefined;
  expression(expression: Expression): Container | undefined;
  defaultExport(file: SourceFile): Container | undefined;
}

/** More steps than any real file takes; a cycle of names ends here. */
const MOST_STEPS = 200;

export function createResolver(sources: Sources): Resolver {
  const { Node, SyntaxKind } = morph();
  let steps = 0;

  const expression = (node: MorphNode): Container | undefined => {
    if (++steps > MOST_STEPS) return undefined;
    if (
      Node.isParenthesizedExpression(node) ||
      Node.isAsExpression(node) ||
      Node.isSatisfiesExpression(node) ||
      Node.isNonNullExpression(node) ||
      Node.isTypeAssertion(node) ||
      Node.isAwaitExpression(node)
    ) {
      return expression(node.getExpression());
    }
    if (Node.isObjectLiteralExpression(node)) return ofObject(node);
    if (Node.isClassExpression(node)) return ofClass(node);
    if (Node.isIdentifier(node)) {
      return named(node.getSourceFile(), node.getText());
    }
    if (Node.isNewExpression(node)) return expression(node.getExpression());
    if (Node.isArrowFunction(node) || Node.isFunctionExpression(node)) {
      return ofBody(node.getBody());
    }
    if (Node.isCallExpression(node)) {
      const callee = node.getExpression();
      const given = node.getArguments()[0];
      if (callee.getText() === "Object.freeze" && given) {
        return expression(given);
      }
      const made = Node.isIdentifier(callee) ? expression(callee) : undefined;
      if (made !== undefined) return made;
      // a wrapper from elsewhere: what it is given is seen, what it makes of it is not
      const seen = node
        .getArguments()
        .map((each) =>
          Node.isObjectLiteralExpression(each) ? ofObject(each) : undefined,
        )
        .find((each) => each !== undefined);
      return {
        names: seen?.names ?? new Set(),
        own: seen?.own ?? [],
        isOpen: true,
      };
    }
    return undefined;
  };

  const named = (file: SourceFile, name: string): Container | undefined => {
    if (++steps > MOST_STEPS) return undefined;
    const variable = file.getVariableDeclaration(name);
    if (variable !== undefined) {
      const initializer = variable.getInitializer();
      const found = initializer && expression(initializer);
      if (found) addAssigned(file, name, found);
      return found;
    }
    const declared = file.getClass(name);
    if (declared !== undefined) return ofClass(declared);
    const made = file.getFunction(name);
    if (made !== undefined) return ofBody(made.getBody());
    return imported(file, name);
  };

  const imported = (file: SourceFile, name: string): Container | undefined => {
    for (const each of file.getImportDeclarations()) {
      const isDefault = each.getDefaultImport()?.getText() === name;
      const specifier = each
        .getNamedImports()
        .find(
          (one) => (one.getAliasNode()?.getText() ?? one.getName()) === name,
        );
      if (!isDefault && specifier === undefined) continue;
      const source = sources(each.getModuleSpecifierValue(), file);
      if (source === undefined) return undefined;
      if (specifier === undefined) return defaultExport(source);
      return named(source, specifier.getName());
    }
    return undefined;
  };

  const defaultExport = (file: SourceFile): Container | undefined => {
    for (const each of file.getExportAssignments()) {
      if (!each.isExportEquals()) return expression(each.getExpression());
    }
    const declared = file.getClasses().find((one) => one.isDefaultExport());
    if (declared !== undefined) return ofClass(declared);
    const made = file.getFunctions().find((one) => one.isDefaultExport());
    return made && ofBody(made.getBody());
  };

  const ofBody = (body: MorphNode | undefined): Container | undefined => {
    if (body === undefined) return undefined;
    if (!Node.isBlock(body)) return expression(body);
    return ofReturn(body);
  };

  const ofReturn = (body: Block): Container | undefined => {
    const returned = body
      .getStatements()
      .filter((each) => Node.isReturnStatement(each))
      .at(-1)
      ?.getExpression();
    if (!Node.isIdentifier(returned)) return returned && expression(returned);
    const local = body
      .getVariableDeclarations()
      .find((each) => each.getName() === returned.getText())
      ?.getInitializer();
    return local ? expression(local) : expression(returned);
  };

  const ofObject = (holder: ObjectLiteralExpression): Container => {
    const found: Container = {
      names: new Set(),
      isOpen: false,
      holder,
      own: [],
    };
    for (const member of holder.getProperties()) {
      if (Node.isSpreadAssignment(member)) {
        addAll(found, expression(member.getExpression()));
        continue;
      }
      const name = nameOf(member.getNameNode());
      if (name === undefined) found.isOpen = true;
      else own(found, name, member.getNameNode());
    }
    return found;
  };

  const ofClass = (holder: ClassDeclaration | ClassExpression): Container => {
    const found: Container = {
      names: new Set(),
      isOpen: false,
      holder,
      own: [],
    };
    for (const member of holder.getInstanceMembers()) {
      if (Node.isParameterDeclaration(member)) continue;
      const name = nameOf(member.getNameNode());
      if (name === undefined) continue;
      const isHidden =
        name.startsWith("#") ||
        member.hasModifier(SyntaxKind.PrivateKeyword) ||
        member.hasModifier(SyntaxKind.ProtectedKeyword);
      const isData =
        Node.isPropertyDeclaration(member) &&
        !isFunction(member.getInitializer());
      if (isHidden || isData) found.names.add(name);
      else own(found, name, member.getNameNode());
    }
    for (const constructor of holder.getConstructors()) {
      for (const [, name] of constructor
        .getText()
        .matchAll(/\bthis\.([\w$]+)\s*=[^=]/g)) {
        if (name !== undefined) found.names.add(name);
      }
    }
    const base = holder.getExtends();
    if (base !== undefined) addAll(found, expression(base.getExpression()));
    return found;
  };

  /** `books.getBook = …` and `Object.assign(books, …)` after the declaration. */
  const addAssigned = (
    file: SourceFile,
    name: string,
    found: Container,
  ): void => {
    for (const statement of file.getStatements()) {
      if (!Node.isExpressionStatement(statement)) continue;
      const each = statement.getExpression();
      if (Node.isBinaryExpression(each)) {
        const left = each.getLeft();
        if (each.getOperatorToken().getText() !== "=") continue;
        if (
          Node.isPropertyAccessExpression(left) &&
          left.getExpression().getText() === name
        ) {
          found.names.add(left.getName());
        } else if (
          Node.isElementAccessExpression(left) &&
          left.getExpression().getText() === name
        ) {
          const key = left.getArgumentExpression();
          if (Node.isStringLiteral(key)) found.names.add(key.getLiteralText());
          else found.isOpen = true;
        }
      } else if (
        Node.isCallExpression(each) &&
        each.getExpression().getText() === "Object.assign"
      ) {
        const [target, ...others] = each.getArguments();
        if (target?.getText() !== name) continue;
        for (const other of others) addAll(found, expression(other));
      }
    }
  };

  const nameOf = (node: MorphNode | undefined): string | undefined => {
    if (Node.isComputedPropertyName(node)) return nameOf(node.getExpression());
    if (
      Node.isStringLiteral(node) ||
      Node.isNoSubstitutionTemplateLiteral(node)
    ) {
      return node.getLiteralText();
    }
    if (Node.isNumericLiteral(node) || Node.isPrivateIdentifier(node))
      return node.getText();
    return Node.isIdentifier(node) &&
      !Node.isComputedPropertyName(node.getParent())
      ? node.getText()
      : undefined;
  };

  const isFunction = (node: MorphNode | undefined): boolean =>
    Node.isArrowFunction(node) || Node.isFunctionExpression(node);

  return { named, expression, defaultExport };
}

function own(found: Container, name: string, node: MorphNode): void {
  found.names.add(name);
  found.own.push({ name, position: node.getStart() });
}

function addAll(found: Container, other: Container | undefined): void {
  if (other === undefined || other.isOpen) found.isOpen = true;
  for (const name of other?.names ?? []) found.names.add(name);
}
