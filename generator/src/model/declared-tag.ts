/** Room `model`: the tag that a `discriminator` beside `oneOf` or `anyOf` declares. */
import type { Diagnostics } from "../lint/diagnostic.js";
import type { BranchFacts } from "./branch-facts.js";
import type { Discriminator } from "./discriminator.js";
import { exclusiveTexts, isObjectBranch } from "./found-tag.js";
import { schemaName } from "./schema-name.js";
import type { Model, ModelId, Schema, Tag, Union } from "./schema.js";

export interface TagContext {
  models: ReadonlyMap<ModelId, Model>;
  facts(branch: Schema): BranchFacts;
  diagnostics: Diagnostics;
}

/**
 * A branch is told by the values that are mapped to it, else by its own name (OpenAPI 3.x, discriminator object), unless
 * its own `const` or `enum` says something else: that is what a value will be checked against. Undefined, with a warning,
 * when some branch cannot be told: then every branch has to be tried.
 */
export function declaredTag(
  union: Union,
  discriminator: Discriminator,
  context: TagContext,
): Tag | undefined {
  const { property } = discriminator;
  const branches: Tag["branches"] = [];
  const proven = exclusiveTexts(union, property, context);
  const mapped = mappedBranches(union, discriminator, context);
  for (const [index, branch] of union.of.entries()) {
    const facts = context.facts(branch);
    if (!isObjectBranch(facts)) continue;
    const texts =
      proven?.get(index) ??
      textsOfBranch(branch, facts, mapped.get(index), discriminator, context);
    if (!texts) return undefined;
    for (const value of texts) branches.push({ value, branch: index });
  }
  if (!areDistinct(branches, discriminator, context)) return undefined;
  const tag: Tag = { property, declared: true, branches };
  const { otherwise } = discriminator;
  if (otherwise !== undefined) {
    const index = branchOf(union, otherwise, context.models);
    if (index !== undefined) return { ...tag, otherwise: index };
  }
  const optional = union.of.find((branch) => {
    const facts = context.facts(branch);
    return isObjectBranch(facts) && !facts.required.has(property);
  });
  if (!optional) return tag;
  // A value without the property is valid by the schema alone, and the branches tell themselves apart.
  if (proven) return undefined;
  context.diagnostics.warning(
    "KT2213",
    discriminator.origin,
    `\`${property}\` is not required in every branch, but tells them apart; a value without it is refused`,
    { help: `add it to \`required\``, related: [optional.origin] },
  );
  return tag;
}

function mappedBranches(
  union: Union,
  { mapping }: Discriminator,
  { models, diagnostics }: TagContext,
): Map<number, string[]> {
  const mapped = new Map<number, string[]>();
  for (const { value, model, origin } of mapping) {
    const index = branchOf(union, model, models);
    if (index === undefined) {
      diagnostics.warning(
        "KT2211",
        origin,
        `\`${value}\` is mapped to \`${models.get(model)?.title ?? model}\`, which is no branch of the union; the value is refused`,
        { help: "list the schema as a branch, or remove the mapping" },
      );
      continue;
    }
    mapped.set(index, [...(mapped.get(index) ?? []), value]);
  }
  return mapped;
}

/** The branch that refers to the model, itself or through schemas that are nothing but a reference. */
function branchOf(
  union: Union,
  model: ModelId,
  models: ReadonlyMap<ModelId, Model>,
): number | undefined {
  const index = union.of.findIndex((branch) => {
    const seen = new Set(branch.refs);
    for (const id of seen) {
      const schema = models.get(id)?.schema;
      const isAlias =
        schema?.object === undefined &&
        schema?.unions.length === 0 &&
        schema.all.length === 0;
      if (isAlias) for (const next of schema?.refs ?? []) seen.add(next);
    }
    return seen.has(model);
  });
  return index === -1 ? undefined : index;
}

function textsOfBranch(
  branch: Schema,
  facts: BranchFacts,
  mapped: string[] | undefined,
  { property, origin }: Discriminator,
  { models, diagnostics }: TagContext,
): string[] | undefined {
  const [id] = branch.refs;
  const model = id === undefined ? undefined : models.get(id);
  // The linter speaks of branches without a name, and of properties that are no strings.
  if (!model || isNoText(facts, property)) return undefined;
  const name = schemaName(model);
  const own = facts.texts(property);
  const texts = (mapped ?? [name]).filter((value) => own?.has(value) ?? true);
  if (texts.length > 0) return texts;
  diagnostics.warning(
    "KT2212",
    origin,
    `the branch \`${name}\` allows none of the values that are mapped to it in \`${property}\`; every branch is tried`,
    {
      help: `map the values that the branch allows in \`${property}\``,
      related: [branch.origin],
    },
  );
  return undefined;
}

function isNoText({ fields }: BranchFacts, property: string): boolean {
  return (fields.get(property) ?? []).some(
    ({ types }) => types !== undefined && !types.includes("string"),
  );
}

function areDistinct(
  branches: Tag["branches"],
  { property, origin }: Discriminator,
  { diagnostics }: TagContext,
): boolean {
  const seen = new Map<string, number>();
  for (const { value, branch } of branches) {
    const other = seen.get(value);
    if (other !== undefined && other !== branch) {
      diagnostics.warning(
        "KT2212",
        origin,
        `\`${property}: ${value}\` stands for two branches; every branch is tried`,
        { help: "map each value to one branch" },
      );
      return false;
    }
    seen.set(value, branch);
  }
  return true;
}
