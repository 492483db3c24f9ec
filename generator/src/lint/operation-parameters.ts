/** Room `lint`: the parameters of an operation with those of its path items, references followed. */
import type { Json } from "../load/document.js";
import { isObject, member, textMember } from "../load/member.js";
import { below } from "./below.js";
import type { Origin } from "./diagnostic.js";
import type { OperationStanding, RuleContext, Standing } from "./rule.js";

/** The operation's own ones replace those of the path items with the same name and place. */
export function operationParameters(
  operation: OperationStanding,
  context: RuleContext,
): Standing[] {
  const found = new Map<string, Standing>();
  for (const holder of [operation, ...operation.items]) {
    const list = member(holder.node, "parameters");
    for (const parameter of listParameters(list, holder.origin, context)) {
      const key = parameterKey(parameter);
      if (!found.has(key)) found.set(key, parameter);
    }
  }
  return [...found.values()];
}

export function listParameters(
  list: Json | undefined,
  holder: Origin,
  context: RuleContext,
): Standing[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((each, index) =>
    isObject(each)
      ? (context.follow(each, below(holder, "parameters", index)) ?? [])
      : [],
  );
}

export function parameterKey({ node }: Standing): string {
  const place = textMember(node, "in") ?? "";
  const name = textMember(node, "name") ?? "";
  // Header names are compared without case (RFC 9110 section 5.1).
  return `${place} ${place === "header" ? name.toLowerCase() : name}`;
}
