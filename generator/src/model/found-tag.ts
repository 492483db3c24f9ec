/** Room `model`: tags that nobody declared: a required property with other values in each branch. */
import type { BranchFacts } from "./branch-facts.js";
import type { TagContext } from "./declared-tag.js";
import type { Tag, Union } from "./schema.js";

/** The branch may be met by an object. */
export function isObjectBranch({ types }: BranchFacts): boolean {
  return types === undefined || types.has("object");
}

export function foundTag(union: Union, context: TagContext): Tag | undefined {
  const objects = union.of
    .map((branch) => context.facts(branch))
    .filter(isObjectBranch);
  const [first] = objects;
  if (!first || objects.length < 2) return undefined;
  // A branch that also takes what is no object could not be left out by looking at a property.
  if (objects.some(({ types }) => types?.size !== 1)) return undefined;
  for (const property of first.required) {
    if (!objects.every(({ required }) => required.has(property))) continue;
    const texts = exclusiveTexts(union, property, context);
    if (!texts) continue;
    const branches = [...texts].flatMap(([branch, values]) =>
      values.map((value) => ({ value, branch })),
    );
    return { property, declared: false, branches };
  }
  return undefined;
}

/** The values of the property by branch, when each object branch has its own and no two share one. */
export function exclusiveTexts(
  union: Union,
  property: string,
  { facts }: TagContext,
): Map<number, string[]> | undefined {
  const seen = new Set<string>();
  const byBranch = new Map<number, string[]>();
  for (const [index, branch] of union.of.entries()) {
    const known = facts(branch);
    if (!isObjectBranch(known)) continue;
    const texts = known.texts(property);
    if (!texts || texts.size === 0) return undefined;
    for (const text of texts) {
      if (seen.has(text)) return undefined;
      seen.add(text);
    }
    byBranch.set(index, [...texts]);
  }
  return byBranch.size > 0 ? byBranch : undefined;
}
