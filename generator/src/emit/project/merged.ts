/** Room `emit/project`: one schema that stands for several at one place, and what is known of such. */
import type { JsonType, ModelId, Schema } from "../../model/schema.js";
import type { Scope } from "../check/scope.js";
import { soleReference } from "../check/scope.js";

const mergedFrom = new WeakMap<Schema, readonly Schema[]>();

/** `types`, where given, are the only ones that all of the schemas leave. */
export function anyOf(
  schemas: readonly Schema[],
  types?: readonly JsonType[],
): Schema | undefined {
  const distinct: Schema[] = [];
  const references = new Set<ModelId>();
  for (const schema of schemas.flatMap(
    (each) => mergedFrom.get(each) ?? each,
  )) {
    const reference = soleReference(schema);
    if (distinct.includes(schema)) continue;
    if (reference !== undefined && references.has(reference)) continue;
    if (reference !== undefined) references.add(reference);
    distinct.push(schema);
  }
  const [first] = distinct;
  if (!first || distinct.length === 1) return first;
  const merged: Schema = {
    origin: first.origin,
    doc: {},
    refs: [],
    all: [],
    examples: [],
    unions: [{ mode: "any", of: distinct }],
    ...(types && types.length > 0 ? { types: [...types] } : {}),
  };
  mergedFrom.set(merged, distinct);
  return merged;
}

const identities = new WeakMap<Schema, number>();
let lastIdentity = 0;

/** A schema is itself; one that stands for several is the set of them. */
export function identityOf(schema: Schema): string {
  const merged = mergedFrom.get(schema);
  if (merged) {
    const parts = [...new Set(merged.map(identityOf))].sort();
    return [...parts, ...(schema.types ?? [])].join();
  }
  let identity = identities.get(schema);
  if (identity === undefined) {
    identity = ++lastIdentity;
    identities.set(schema, identity);
  }
  return String(identity);
}

/** Items in any keyword that applies in place; each model is looked at once. */
export function itemsAnywhere(
  scope: Pick<Scope, "model">,
  schema: Schema,
  seen: Set<ModelId> = new Set(),
): Schema | undefined {
  const found: Schema[] = [];
  if (schema.array) {
    found.push(...schema.array.prefix);
    if (schema.array.items) found.push(schema.array.items);
  }
  const parts = [...schema.all, ...schema.unions.flatMap((each) => each.of)];
  for (const part of parts) {
    const items = itemsAnywhere(scope, part, seen);
    if (items) found.push(items);
  }
  for (const id of schema.refs) {
    if (seen.has(id)) continue;
    seen.add(id);
    const items = itemsAnywhere(scope, scope.model(id).schema, seen);
    if (items) found.push(items);
  }
  return found.length > 1 ? anyOf(found) : found[0];
}
