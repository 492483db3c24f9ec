/** Room `model`: what is certain about every value that is valid against a schema, as far as tags need it. */
import type { JsonType, Model, ModelId, Schema } from "./schema.js";

export interface BranchFacts {
  /** Types that such a value may have; undefined: any. */
  types?: ReadonlySet<JsonType>;
  required: ReadonlySet<string>;
  /** Declared properties, each with all schemas that speak about it. */
  fields: ReadonlyMap<string, Schema[]>;
  /** The texts that the property can be, when it can be nothing else. */
  texts(property: string): ReadonlySet<string> | undefined;
}

/** Unions within unions that are looked into. */
const deepest = 6;

export function branchFacts(
  models: ReadonlyMap<ModelId, Model>,
): (branch: Schema) => BranchFacts {
  // By depth: what was looked into less far knows less. Without these, unions of unions would cost a power of their width.
  const factsAt = levels<BranchFacts>();
  const textsAt = levels<ReadonlySet<string> | undefined>();

  function factsOf(schema: Schema, depth: number): BranchFacts {
    return remember(factsAt, depth, lookThrough(schema, models), (actual) =>
      gatherFacts(actual, depth),
    );
  }

  function gatherFacts(schema: Schema, depth: number): BranchFacts {
    const conjuncts = conjunctsOf(schema, models);
    const required = requiredIn(conjuncts, depth);
    const fields = new Map<string, Schema[]>();
    for (const { object } of conjuncts) {
      for (const field of object?.fields ?? []) {
        const list = fields.get(field.name);
        if (list) list.push(field.schema);
        else fields.set(field.name, [field.schema]);
      }
    }
    const types = typesOf(conjuncts, depth);
    const texts = new Map<string, ReadonlySet<string> | undefined>();
    const facts: BranchFacts = {
      ...(types && { types }),
      required,
      fields,
      texts(property) {
        if (!texts.has(property)) {
          texts.set(property, textsIn(property, facts, conjuncts, depth));
        }
        return texts.get(property);
      },
    };
    return facts;
  }

  /** Required itself, or by every branch of a union. */
  function requiredIn(conjuncts: Schema[], depth: number): Set<string> {
    const required = new Set<string>();
    for (const { object, unions } of conjuncts) {
      for (const name of object?.required ?? []) required.add(name);
      if (depth >= deepest) continue;
      for (const { of } of unions) {
        const [first, ...rest] = of.map((one) => factsOf(one, depth + 1));
        for (const name of first?.required ?? []) {
          if (rest.every((each) => each.required.has(name))) required.add(name);
        }
      }
    }
    return required;
  }

  function typesOf(
    conjuncts: Schema[],
    depth: number,
  ): ReadonlySet<JsonType> | undefined {
    let types: Set<JsonType> | undefined;
    const restrict = (to: ReadonlySet<JsonType>): void => {
      types = types
        ? new Set([...types].filter((type) => to.has(type)))
        : new Set(to);
    };
    for (const conjunct of conjuncts) {
      if (conjunct.types) restrict(new Set(conjunct.types));
      if (depth >= deepest) continue;
      for (const { of } of conjunct.unions) {
        const each = of.map((branch) => factsOf(branch, depth + 1).types);
        if (each.some((one) => one === undefined)) continue;
        restrict(new Set(each.flatMap((one) => [...(one ?? [])])));
      }
    }
    return types;
  }

  function textsIn(
    property: string,
    facts: BranchFacts,
    conjuncts: Schema[],
    depth: number,
  ): ReadonlySet<string> | undefined {
    const limits: ReadonlySet<string>[] = [];
    for (const field of facts.fields.get(property) ?? []) {
      const texts = textsOf(field, depth);
      if (texts) limits.push(texts);
    }
    if (depth < deepest) {
      for (const { of } of conjuncts.flatMap(({ unions }) => unions)) {
        const each = of.map((one) => factsOf(one, depth + 1).texts(property));
        const all = allTexts(each);
        if (all) limits.push(all);
      }
    }
    return intersection(limits);
  }

  /** What a schema of a value itself says: `const`, `enum`, or a union of such. */
  function textsOf(
    schema: Schema,
    depth: number,
  ): ReadonlySet<string> | undefined {
    return remember(textsAt, depth, lookThrough(schema, models), (actual) =>
      gatherTexts(actual, depth),
    );
  }

  function gatherTexts(
    schema: Schema,
    depth: number,
  ): ReadonlySet<string> | undefined {
    const limits: ReadonlySet<string>[] = [];
    for (const conjunct of conjunctsOf(schema, models)) {
      const { values } = conjunct;
      if (values?.every((value) => typeof value === "string")) {
        limits.push(new Set(values));
      }
      if (depth >= deepest) continue;
      for (const { of } of conjunct.unions) {
        const all = allTexts(of.map((one) => textsOf(one, depth + 1)));
        if (all) limits.push(all);
      }
    }
    return intersection(limits);
  }

  return (branch) => factsOf(branch, 0);
}

type Levels<T> = Map<Schema, { value: T }>[];

function levels<T>(): Levels<T> {
  return Array.from(
    { length: deepest + 1 },
    () => new Map<Schema, { value: T }>(),
  );
}

function remember<T>(
  at: Levels<T>,
  depth: number,
  schema: Schema,
  gather: (schema: Schema) => T,
): T {
  const known = at[depth]?.get(schema);
  if (known) return known.value;
  const value = gather(schema);
  at[depth]?.set(schema, { value });
  return value;
}

/** The model of a schema that is nothing but a reference to it: one look serves all places that refer to it. */
function lookThrough(
  schema: Schema,
  models: ReadonlyMap<ModelId, Model>,
): Schema {
  const [id, second] = schema.refs;
  const isReference =
    id !== undefined &&
    second === undefined &&
    schema.all.length === 0 &&
    schema.unions.length === 0 &&
    schema.types === undefined &&
    schema.values === undefined &&
    schema.object === undefined;
  return (isReference && models.get(id)?.schema) || schema;
}

/** The schema and all that must hold with it, through `allOf` and references. */
function conjunctsOf(
  schema: Schema,
  models: ReadonlyMap<ModelId, Model>,
): Schema[] {
  const seen = new Set([schema]);
  // Grows while it is walked.
  for (const next of seen) {
    for (const each of next.all) seen.add(each);
    for (const id of next.refs) {
      const model = models.get(id);
      if (model) seen.add(model.schema);
    }
  }
  return [...seen];
}

function allTexts(
  each: (ReadonlySet<string> | undefined)[],
): ReadonlySet<string> | undefined {
  const all = new Set<string>();
  for (const texts of each) {
    if (!texts) return undefined;
    for (const text of texts) all.add(text);
  }
  return all.size > 0 ? all : undefined;
}

function intersection(
  limits: ReadonlySet<string>[],
): ReadonlySet<string> | undefined {
  const [first, ...rest] = limits;
  if (!first) return undefined;
  return new Set([...first].filter((text) => rest.every((s) => s.has(text))));
}
