/** Room `model`: gives unions their tags, and makes base schemas stand for the children that extend them. */
import type { Diagnostics } from "../lint/diagnostic.js";
import { branchFacts } from "./branch-facts.js";
import type { SchemaBuilder } from "./build-schema.js";
import { declaredTag, type TagContext } from "./declared-tag.js";
import { foundTag } from "./found-tag.js";
import {
  extensionsOf,
  type Family,
  familyOf,
  settleFamilies,
} from "./inheritance.js";
import type { Model, ModelId, Schema } from "./schema.js";

export function discriminate(
  schemas: SchemaBuilder,
  models: Map<ModelId, Model>,
  diagnostics: Diagnostics,
): void {
  const context: TagContext = {
    models,
    facts: branchFacts(models),
    diagnostics,
  };
  const byRoot = new Map<Schema, Model>();
  for (const model of models.values()) byRoot.set(model.schema, model);
  const extensions = extensionsOf(models);
  const families: Family[] = [];
  for (const schema of schemas.schemas) {
    const declared = schemas.discriminators.get(schema);
    for (const union of schema.unions) {
      const tag =
        (declared && declaredTag(union, declared, context)) ??
        foundTag(union, context);
      if (tag) union.tag = tag;
    }
    const base = byRoot.get(schema);
    if (declared && base && schema.unions.length === 0) {
      const family = familyOf(base, declared, context, extensions);
      if (family) families.push(family);
    }
  }
  // Last: the tags of unions are read off what bases and children say themselves.
  settleFamilies(families, models);
}
