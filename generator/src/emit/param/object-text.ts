/** Room `emit/param`: the members of an object parameter, from one text or from parameters of their own. */
import type { Param } from "../../model/api.js";
import type { ModelId, Schema } from "../../model/schema.js";
import type { Scope } from "../check/scope.js";
import { type Code, name, ts } from "../code.js";
import { call, list } from "../syntax.js";
import { cookieStyle, separator } from "./style-arguments.js";

const raw = name("raw");

export function objectText(
  scope: Scope,
  param: Param,
  others: readonly Param[],
): Code {
  const { in: place, style, explode, name: key, schema } = param;
  switch (place) {
    case "path":
      return call(ts`${raw}.pathObject`, [
        ts`${key}`,
        ts`${style}`,
        ts`${explode}`,
      ]);
    case "header":
      return call(ts`${raw}.headerPairs`, [
        ts`${key.toLowerCase()}`,
        ts`${explode}`,
      ]);
    case "cookie":
      return explode
        ? call(ts`${raw}.cookieFields`, [
            names(fieldNames(scope, schema).declared),
            ...cookieStyle(style),
          ])
        : call(ts`${raw}.cookiePairs`, [ts`${key}`, ...cookieStyle(style)]);
    default:
      if (explode) return exploded(scope, param, others);
      return call(ts`${raw}.queryPairs`, [ts`${key}`, ts`${separator(style)}`]);
  }
}

/** Each member is a query parameter of its own; free members are all that no other parameter takes. */
export function exploded(
  scope: Scope,
  { name: key, schema }: Param,
  others: readonly Param[],
): Code {
  const { declared, open } = fieldNames(scope, schema);
  if (!open) return call(ts`${raw}.queryFields`, [names(declared)]);
  const taken = others.filter(
    (each) => each.in === "query" && each.name !== key,
  );
  return call(ts`${raw}.queryRest`, [names(taken.map((each) => each.name))]);
}

function names(keys: readonly string[]): Code {
  return list(keys.map((key) => ts`${key}`));
}

/** Members of an object parameter, through references and compositions. */
export function fieldNames(
  scope: Pick<Scope, "model">,
  schema: Schema,
  visiting: Set<ModelId> = new Set(),
): { declared: string[]; open: boolean } {
  const declared = (schema.object?.fields ?? []).map((field) => field.name);
  const rest = schema.object?.rest;
  let open =
    (rest !== undefined && !rest.never) ||
    (schema.object?.patterns.length ?? 0) > 0;
  const parts = [...schema.all, ...schema.unions.flatMap((union) => union.of)];
  for (const id of schema.refs) {
    if (visiting.has(id)) continue;
    visiting.add(id);
    parts.push(scope.model(id).schema);
  }
  for (const part of parts) {
    const inner = fieldNames(scope, part, visiting);
    declared.push(...inner.declared);
    open ||= inner.open;
  }
  return {
    declared: [...new Set(declared)],
    open: open || declared.length === 0,
  };
}
