/**
 * Room `model`: the inheritance form of `discriminator`: a base schema, and schemas that extend it by `allOf`.
 *
 * Whoever says "base" means any of its children, so the base becomes a union that its tag tells apart. What it asserts itself
 * moves to a model of its own, which is what the children extend and what holds for a value whose tag names no child:
 * OpenAPI 3.1.1, discriminator object, has it that a discriminator never refuses what the schema allows.
 */
import type { TagContext } from "./declared-tag.js";
import type { Discriminator } from "./discriminator.js";
import { schemaName } from "./schema-name.js";
import type { Model, ModelId, Schema, Tag } from "./schema.js";

/** Which models extend a model directly, in document order. */
export type Extensions = ReadonlyMap<ModelId, ModelId[]>;

export function extensionsOf(models: ReadonlyMap<ModelId, Model>): Extensions {
  const extensions = new Map<ModelId, ModelId[]>();
  for (const { id, schema } of models.values()) {
    for (const base of new Set(schema.all.flatMap(({ refs }) => refs))) {
      const list = extensions.get(base);
      if (list) list.push(id);
      else extensions.set(base, [id]);
    }
  }
  return extensions;
}

/** A base and what it stands for: tag values with models, the base itself among them where it is mapped. */
export interface Family {
  base: Model;
  property: string;
  children: Map<string, ModelId>;
  /** All that extend it, told by a tag or not. */
  descendants: ReadonlySet<ModelId>;
  /** OpenAPI 3.2: the model of values that name no child. */
  otherwise?: ModelId;
  /** The base itself allows no tag value but those of its children. */
  closed: boolean;
}

/** What is mapped is told by its values; other schemas that extend the base, directly or not, by their names. */
export function familyOf(
  base: Model,
  { property, mapping, otherwise }: Discriminator,
  { models, facts }: Pick<TagContext, "models" | "facts">,
  extensions: Extensions,
): Family | undefined {
  const children = new Map<string, ModelId>();
  const mapped = new Set<ModelId>([base.id]);
  for (const { value, model } of mapping) {
    children.set(value, model);
    mapped.add(model);
  }
  const descendants = descendantsOf(base.id, extensions);
  for (const id of descendants) {
    const model = models.get(id);
    if (!model || mapped.has(id)) continue;
    const name = schemaName(model);
    if (!children.has(name)) children.set(name, id);
  }
  if (children.size === 0) return undefined;
  const own = facts(base.schema);
  const texts = own.required.has(property) ? own.texts(property) : undefined;
  const closed =
    texts !== undefined &&
    [...texts].every((text) => {
      const child = children.get(text);
      return child !== undefined && child !== base.id;
    });
  const family: Family = { base, property, children, descendants, closed };
  return otherwise === undefined ? family : { ...family, otherwise };
}

function descendantsOf(base: ModelId, extensions: Extensions): Set<ModelId> {
  const found = new Set(extensions.get(base));
  // Grows while it is walked.
  for (const id of found) {
    for (const each of extensions.get(id) ?? []) found.add(each);
  }
  return found;
}

/** Turns every base into the union of its family. */
export function settleFamilies(
  families: readonly Family[],
  models: Map<ModelId, Model>,
): void {
  const owns = new Map<ModelId, ModelId>();
  for (const { base } of families) {
    const id = `${base.id}#itself` as ModelId;
    owns.set(base.id, id);
    models.set(id, ownModel(base, id));
    base.schema = { ...plain(base.schema, [id]), doc: base.schema.doc };
  }
  const extending = new Set<ModelId>(owns.values());
  for (const { children, descendants, otherwise } of families) {
    const all = [...children.values(), ...descendants, otherwise];
    for (const id of all) {
      if (id !== undefined) extending.add(owns.get(id) ?? id);
    }
  }
  for (const id of extending) {
    const model = models.get(id);
    if (model) extendOwn(model.schema, owns);
  }
  for (const family of families) {
    const itself = models.get(owns.get(family.base.id) ?? family.base.id);
    if (itself) family.base.schema = unionOf(family, itself, models);
  }
}

/** What the base says itself. */
function ownModel(base: Model, id: ModelId): Model {
  return {
    ...base,
    id,
    title: `${base.title}Base`,
    component: false,
    schema: { ...base.schema },
  };
}

/** In place, where extending means "and what the base says", not "and any of its children". */
function extendOwn(
  schema: Schema,
  owns: ReadonlyMap<ModelId, ModelId>,
  seen: Set<Schema> = new Set(),
): void {
  if (seen.has(schema)) return;
  seen.add(schema);
  schema.refs = schema.refs.map((id) => owns.get(id) ?? id);
  for (const part of schema.all) extendOwn(part, owns, seen);
}

function unionOf(
  { base, property, children, otherwise, closed }: Family,
  itself: Model,
  models: ReadonlyMap<ModelId, Model>,
): Schema {
  const own = itself.schema;
  const of: Schema[] = [];
  const branches: Tag["branches"] = [];
  const places = new Map<ModelId, number>();
  const place = (id: ModelId): number | undefined => {
    const key = id === base.id ? itself.id : id;
    // What leads back here would ask for ever.
    if (key === id && reaches(id, base.id, models)) return undefined;
    const known = places.get(key);
    if (known !== undefined) return known;
    const extendsBase = key === itself.id || reaches(id, itself.id, models);
    of.push(plain(own, extendsBase ? [key] : [itself.id, key]));
    places.set(key, of.length - 1);
    return of.length - 1;
  };
  for (const [value, model] of children) {
    const branch = place(model);
    if (branch !== undefined) branches.push({ value, branch });
  }
  const last = place(otherwise ?? base.id) ?? place(base.id);
  const tag: Tag = { property, declared: true, inherited: true, branches };
  if (last !== undefined) tag.otherwise = last;
  if (closed && otherwise === undefined) tag.closed = true;
  const family: Schema = {
    ...plain(own, []),
    unions: [{ mode: "any", of, tag }],
  };
  // Only objects have a tag; a base that may also be null is that as well.
  const others = (own.types ?? []).filter((type) => type !== "object");
  const { doc, access, sensitive, default: filled, examples } = own;
  return {
    ...(others.length === 0
      ? family
      : orOther(family, { ...plain(own, [itself.id]), types: others })),
    doc,
    examples,
    ...(access && { access }),
    ...(sensitive && { sensitive }),
    ...(filled !== undefined && { default: filled }),
  };
}

function orOther(family: Schema, other: Schema): Schema {
  const { origin } = family;
  return {
    ...plain({ origin }, []),
    unions: [{ mode: "any", of: [other, family] }],
  };
}

function plain({ origin }: Pick<Schema, "origin">, refs: ModelId[]): Schema {
  return { origin, doc: {}, refs, all: [], examples: [], unions: [] };
}

/** Does a value of the one have to be a value of the other, so that its check asks for it? */
function reaches(
  from: ModelId,
  to: ModelId,
  models: ReadonlyMap<ModelId, Model>,
): boolean {
  const seen = new Set<ModelId>([from]);
  const pending: Schema[] = [];
  const enter = (id: ModelId) => {
    const schema = models.get(id)?.schema;
    if (schema) pending.push(schema);
  };
  enter(from);
  for (let next = pending.pop(); next; next = pending.pop()) {
    pending.push(...next.all, ...inPlaceBranches(next));
    for (const id of next.refs) {
      if (id === to) return true;
      if (seen.has(id)) continue;
      seen.add(id);
      enter(id);
    }
  }
  return false;
}

function inPlaceBranches({ unions, not, condition, object }: Schema): Schema[] {
  return [
    ...unions.flatMap(({ of }) => of),
    ...(not ? [not] : []),
    ...(condition ? [condition.test, condition.yes, condition.no] : []),
    ...(object?.dependentSchemas.map(({ schema }) => schema) ?? []),
  ].filter((each) => each !== undefined);
}
