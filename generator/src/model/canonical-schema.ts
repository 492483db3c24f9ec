/** Room `model`: a schema as text that is equal for equal contracts: no prose, no places, no order that means nothing. */
import type {
  ArrayFacet,
  Model,
  ModelId,
  ObjectFacet,
  Schema,
  StringFacet,
} from "./schema.js";

type Write = (schema: Schema) => string;

/** References are written by the titles of models. Texts are kept: the same schemas stand in many operations. */
export function canonicalSchemas(models: ReadonlyMap<ModelId, Model>): Write {
  const texts = new Map<Schema, string>();

  const text: Write = (schema) => {
    let known = texts.get(schema);
    if (known === undefined) texts.set(schema, (known = write(schema)));
    return known;
  };

  // Plain pushes: this runs for every schema of the document.
  function write(schema: Schema): string {
    const parts: string[] = [];
    const { types, values, string, number, array, object, condition } = schema;
    if (schema.never) parts.push("never");
    if (types) parts.push(`types=${[...types].sort().join()}`);
    if (values) parts.push(`values=${JSON.stringify(values)}`);
    if (string) writeString(string, parts);
    if (number) {
      const bounds = Object.entries(number).sort(([a], [b]) => compare(a, b));
      parts.push(`number=${bounds.join()}`);
    }
    if (array) writeArray(array, parts, text);
    if (object) writeObject(object, parts, text);
    if (schema.refs.length > 0) {
      const titles = schema.refs.map((id) => models.get(id)?.title ?? id);
      parts.push(`refs=${JSON.stringify(titles.sort())}`);
    }
    if (schema.all.length > 0) parts.push(`all=${schema.all.map(text).join()}`);
    for (const { mode, of, tag } of schema.unions) {
      parts.push(`${mode}=[${of.map(text).join()}]`);
      if (tag) parts.push(`tag=${JSON.stringify(tag)}`);
    }
    if (schema.not) parts.push(`not=${text(schema.not)}`);
    if (condition) {
      parts.push(`if=${text(condition.test)}`);
      if (condition.yes) parts.push(`then=${text(condition.yes)}`);
      if (condition.no) parts.push(`else=${text(condition.no)}`);
    }
    const { unevaluatedProperties, unevaluatedItems } = schema;
    if (unevaluatedProperties) {
      parts.push(`otherProperties=${text(unevaluatedProperties)}`);
    }
    if (unevaluatedItems) parts.push(`otherItems=${text(unevaluatedItems)}`);
    if (schema.access) parts.push(schema.access);
    if (schema.default !== undefined) {
      parts.push(`default=${JSON.stringify(schema.default)}`);
    }
    if (schema.doc.deprecated) parts.push("deprecated");
    if (schema.extensible) {
      parts.push(`extensible=${JSON.stringify(schema.extensible)}`);
    }
    if (schema.sensitive) parts.push("sensitive");
    return `{${parts.join()}}`;
  }

  return text;
}

function writeString(string: StringFacet, parts: string[]): void {
  const { min, max, format, content, patterns } = string;
  parts.push(`string=${min},${max},${format},${content}`);
  for (const { source } of patterns) parts.push(JSON.stringify(source));
}

function writeArray(array: ArrayFacet, parts: string[], text: Write): void {
  const { prefix, items, contains, min, max, unique } = array;
  parts.push(`array=${min},${max},${unique}`);
  if (prefix.length > 0) parts.push(`prefix=[${prefix.map(text).join()}]`);
  if (items) parts.push(`items=${text(items)}`);
  if (contains) {
    const { schema, min, max } = contains;
    parts.push(`contains=${min},${max},${text(schema)}`);
  }
}

function writeObject(object: ObjectFacet, parts: string[], text: Write): void {
  const { min, max, rest, names, patterns, required } = object;
  parts.push(`object=${min},${max}`);
  const fields = [...object.fields].sort((a, b) => compare(a.name, b.name));
  for (const { name, schema } of fields) {
    parts.push(`${JSON.stringify(name)}:${text(schema)}`);
  }
  if (required.length > 0) {
    parts.push(`required=${JSON.stringify([...required].sort())}`);
  }
  for (const { pattern, schema } of patterns) {
    parts.push(`like ${JSON.stringify(pattern.source)}:${text(schema)}`);
  }
  if (rest) parts.push(`rest=${text(rest)}`);
  if (names) parts.push(`names=${text(names)}`);
  for (const each of object.dependentRequired) {
    parts.push(`with ${JSON.stringify([each.name, each.required])}`);
  }
  for (const { name, schema } of object.dependentSchemas) {
    parts.push(`with ${JSON.stringify(name)}:${text(schema)}`);
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
