/** Room `emit/project`: values of a schema that is a union and nothing else. */
import type { Schema, Union } from "../../model/schema.js";
import { memberValue } from "../check/scope.js";
import { type Code, lines, name, ts } from "../code.js";
import { rt } from "../runtime-symbols.js";
import { callWithList, propertyKey } from "../syntax.js";
import { kindsOf } from "./needs.js";
import { projected, projector, type ProjectScope } from "./project.js";
import { isFreeObject } from "./shape.js";

/** The branches that a value with members may take, where no tag tells them apart; undefined for other schemas. */
export function untaggedBranches(
  scope: ProjectScope,
  schema: Schema,
): Schema[] | undefined {
  const [union] = schema.unions;
  if (!union || !isOnlyUnion(schema)) return undefined;
  const free = union.of.find((branch) => isFreeObject(scope, branch));
  const taken = union.of.filter((branch) => {
    const { array, object } = kindsOf(scope, branch);
    // Beside a branch that takes any object no other one can say what an object may hold.
    return array || (object && (free === undefined || branch === free));
  });
  // With one branch left, or with scalars beside it, its own projection does.
  return union.tag && taken.length > 1 ? undefined : taken;
}

export function projectedByAny(
  scope: ProjectScope,
  branches: readonly Schema[],
  value: Code,
  hint: string,
): Code {
  const [only] = branches;
  if (only && branches.length === 1) {
    return projected(scope, only, value, hint);
  }
  const functions = branches.map((branch) => projector(scope, branch, hint));
  const distinct = functions.filter(
    (each, at) => functions.indexOf(each) === at,
  );
  return callWithList(rt.projectAny, [value], distinct);
}

export function isOnlyUnion(schema: Schema): boolean {
  return (
    schema.unions.length === 1 &&
    schema.refs.length === 0 &&
    schema.all.length === 0 &&
    schema.object === undefined &&
    schema.condition === undefined
  );
}

/** One branch by its tag; a value with no declared tag keeps nothing but that tag. */
export function taggedProjection(
  scope: ProjectScope,
  union: Union,
  hint: string,
): Code {
  const { tag } = union;
  if (!tag) throw new Error("a tagged projection needs a tag");
  const value = name("value");
  const byBranch = new Map<number, string[]>();
  for (const each of tag.branches) {
    const texts = byBranch.get(each.branch) ?? [];
    byBranch.set(each.branch, [...texts, each.value]);
  }
  const cases = [...byBranch].map(([branch, texts]) => {
    const schema = union.of[branch];
    const result = schema
      ? projected(scope, schema, value, `${hint}Case`)
      : value;
    return ts`${lines(texts.map((text) => ts`case ${text}:`))}
  return ${result};`;
  });
  const otherwise = union.of[tag.otherwise ?? -1];
  const last = otherwise
    ? projected(scope, otherwise, value, `${hint}Case`)
    : ts`{ ${propertyKey(tag.property)}: ${memberValue(value, tag.property)} }`;
  return ts`switch (${memberValue(value, tag.property)}) {
  ${lines(cases)}
  default:
    return ${last};
}`;
}
