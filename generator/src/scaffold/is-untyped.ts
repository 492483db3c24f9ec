/** Room `scaffold`: whether the compiler knows from the text around it what the methods of an object or class return. */
import type { Node as MorphNode } from "ts-morph";
import type { Holder } from "./container.js";
import { morph } from "./syntax.js";

/** Classes give their methods no type, even where they implement one; objects pass on the one that is expected of them. */
export function isUntyped(holder: Holder): boolean {
  const { Node } = morph();
  if (!Node.isObjectLiteralExpression(holder)) return true;
  let node: MorphNode | undefined = holder.getParent();
  while (node !== undefined) {
    if (Node.isSatisfiesExpression(node)) return false;
    if (Node.isAsExpression(node) || Node.isTypeAssertion(node)) return false;
    if (Node.isVariableDeclaration(node)) {
      return node.getTypeNode() === undefined;
    }
    if (Node.isArrowFunction(node) || Node.isFunctionDeclaration(node)) {
      if (node.getReturnTypeNode() !== undefined) return false;
    }
    // What is given to a function is typed by its parameter, or by what is expected of its result.
    if (Node.isCallExpression(node) && node.getTypeArguments().length > 0) {
      return false;
    }
    node = node.getParent();
  }
  return true;
}
