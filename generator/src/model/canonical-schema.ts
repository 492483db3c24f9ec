/** Room `model`: a schema as text that is equal for equal contracts: no prose, no places, no order that means nothing. */
import type { Model, ModelId, Schema } from "./schema.js";

/** References are written by the titles of models. Texts are kept: the same schemas stand in many operations. */
export function canonicalSchemas(
  models: ReadonlyMap<ModelId, Model>,
): (schema: Schema) => string {
  const texts = new Map<Schema, string>();

  function text(schema: Schema): string {
    let known = texts.get(schema);
    if (known === undefined) texts.set(schema, (known = write(schema)));
    return known;
  }

  function write(schema: Schema): string {
    const { string, number, array, object, condition } = schema;
    const parts: string[] = [];
    const add = (name: string, value: unknown): void => {
      if (value !== undefined) parts.push(`${name}=${JSON.stringify(value)}`);
    };
    const addSchema = (name: string, value: Schema | undefined): void => {
      if (value) parts.push(`${name}=${text(value)}`);
    };
    const addSchemas = (name: string, list: Schema[]): void => {
      if (list.length > 0) parts.push(`${name}=[${list.map(text).join()}]`);
    };
    add("never", schema.never);
    add("types", schema.types && [...schema.types].sort());
    add("values", schema.values);
    if (string) {
      add("minLength", string.min);
      add("maxLength", string.max);
      add("format", string.format);
      add("content", string.content);
      for (const { source } of string.patterns) add("pattern", source);
    }
    if (number) add("number", Object.entries(number).sort(byName));
    if (array) {
      addSchemas("prefix", array.prefix);
      addSchema("items", array.items);
      addSchema("contains", array.contains?.schema);
      add("occurs", array.contains && [array.contains.min, array.contains.max]);
      add("array", [array.min, array.max, array.unique]);
    }
    if (object) {
      const fields = [...object.fields].sort((a, b) => compare(a.name, b.name));
      for (const { name, schema } of fields) {
        parts.push(`${JSON.stringify(name)}:${text(schema)}`);
      }
      add("required", [...object.required].sort());
      for (const { pattern, schema } of object.patterns) {
        addSchema(JSON.stringify(pattern.source), schema);
      }
      addSchema("rest", object.rest);
      addSchema("names", object.names);
      add("object", [object.min, object.max]);
      add("needs", object.dependentRequired);
      for (const { name, schema } of object.dependentSchemas) {
        addSchema(`with ${JSON.stringify(name)}`, schema);
      }
    }
    add("refs", schema.refs.map((id) => models.get(id)?.title).sort());
    addSchemas("all", schema.all);
    for (const union of schema.unions) {
      addSchemas(union.mode, union.of);
      add("tag", union.tag);
    }
    addSchema("not", schema.not);
    addSchema("if", condition?.test);
    addSchema("then", condition?.yes);
    addSchema("else", condition?.no);
    addSchema("unevaluatedProperties", schema.unevaluatedProperties);
    addSchema("unevaluatedItems", schema.unevaluatedItems);
    add("access", schema.access);
    add("default", schema.default);
    add("deprecated", schema.doc.deprecated);
    add("sensitive", schema.sensitive);
    return `{${parts.join()}}`;
  }

  return text;
}

function byName(a: [string, unknown], b: [string, unknown]): number {
  return compare(a[0], b[0]);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
