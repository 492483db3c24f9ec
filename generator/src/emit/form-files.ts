/** Room `emit`: the members of a form, and which of them are files. */
import type { Encoding } from "../model/api.js";
import type { Field, ModelId, ObjectFacet, Schema } from "../model/schema.js";
import { hasOwnAssertions, type Scope } from "./check/scope.js";
import { possibleTypes } from "./check/types.js";
import { inPlace } from "./param/shape.js";

type Models = Pick<Scope, "model">;

/** What the handler gets: one or a list, in memory or as it arrives. */
export type FileKind = "file" | "files" | "stream" | "streams";

/** A schema that asserts nothing, in the place of another. */
export function blank({ origin }: Schema): Schema {
  return { origin, doc: {}, refs: [], all: [], unions: [], examples: [] };
}

/** Declared members, through references and compositions; what is required anywhere is required. */
export function membersOf(models: Models, schema: Schema): Map<string, Field> {
  const members = new Map<string, Field>();
  const required = new Set<string>();
  for (const { schema: part } of inPlace(models, schema)) {
    for (const name of part.object?.required ?? []) required.add(name);
    for (const field of part.object?.fields ?? []) {
      const known = members.get(field.name);
      if (!known) members.set(field.name, field);
      else if (field.schema !== known.schema) {
        const both = {
          ...blank(field.schema),
          all: [known.schema, field.schema],
        };
        members.set(field.name, { ...known, schema: both });
      }
    }
  }
  for (const [name, field] of members) {
    members.set(name, { ...field, required: required.has(name) });
  }
  return members;
}

/** Binary content, or anything at all that is encoded in a media type of its own. */
export function fileKind(
  models: Models,
  schema: Schema,
  encoding: Encoding | undefined,
): FileKind | undefined {
  const items = itemsOf(models, schema);
  const one = items ?? schema;
  if (!isFile(models, one, encoding)) return undefined;
  const stream = encoding?.stream === true;
  if (items) return stream ? "streams" : "files";
  return stream ? "stream" : "file";
}

function isFile(
  models: Models,
  schema: Schema,
  encoding: Encoding | undefined,
): boolean {
  const parts = inPlace(models, schema);
  if (parts.some(({ schema: part }) => part.string?.content === "binary")) {
    return true;
  }
  const type = encoding?.contentType;
  if (type === undefined || /[/+]json|^text\//.test(type)) return false;
  // 3.1: binary data has no type at all, only a media type.
  return !parts.some(({ schema: part }) => hasOwnAssertions(part));
}

/** The items of a schema that only lists can be valid against. */
export function itemsOf(models: Models, schema: Schema): Schema | undefined {
  const types = possibleTypes(models, schema);
  if (types.has("string") || !types.has("array")) return undefined;
  for (const { schema: part } of inPlace(models, schema)) {
    if (part.array?.items) return part.array.items;
  }
  return undefined;
}

/** Files as what types are printed from: unknown, for the operation to say more. */
export function openFiles(
  models: Models,
  schema: Schema,
  files: ReadonlyMap<string, FileKind>,
): Schema {
  return replaceFields(models, schema, files, blank);
}

/** Files as what is checked: that they are there, and how many; the rest was seen to when they were read. */
export function closedFiles(
  models: Models,
  schema: Schema,
  files: ReadonlyMap<string, FileKind>,
): Schema {
  const counted = (field: Schema, kind: FileKind): Schema => {
    if (kind !== "files") return blank(field);
    const { min, max } = field.array ?? {};
    return {
      ...blank(field),
      types: ["array"],
      array: {
        prefix: [],
        ...(min === undefined ? {} : { min }),
        ...(max === undefined ? {} : { max }),
      },
    };
  };
  return replaceFields(models, schema, files, counted);
}

/** Models with files are written out, each once for the same value: `seen` are those that apply to it already. */
function replaceFields(
  models: Models,
  schema: Schema,
  files: ReadonlyMap<string, FileKind>,
  replace: (field: Schema, kind: FileKind) => Schema,
  seen: Set<ModelId> = new Set(),
): Schema {
  if (files.size === 0) return schema;
  const inner = (part: Schema, of: Set<ModelId>) =>
    replaceFields(models, part, files, replace, of);
  const kept: ModelId[] = [];
  const inlined: Schema[] = [];
  for (const id of schema.refs) {
    if (seen.has(id)) continue;
    const target = models.model(id).schema;
    if (hasAny(models, target, files)) {
      seen.add(id);
      inlined.push(inner(target, seen));
    } else kept.push(id);
  }
  return {
    ...schema,
    refs: kept,
    all: [...inlined, ...schema.all.map((part) => inner(part, seen))],
    unions: schema.unions.map((union) => ({
      ...union,
      of: union.of.map((part) => inner(part, new Set(seen))),
    })),
    ...(schema.object
      ? { object: replaceOwn(schema.object, files, replace) }
      : {}),
  };
}

function replaceOwn(
  object: ObjectFacet,
  files: ReadonlyMap<string, FileKind>,
  replace: (field: Schema, kind: FileKind) => Schema,
): ObjectFacet {
  return {
    ...object,
    fields: object.fields.map((field) => {
      const kind = files.get(field.name);
      return kind ? { ...field, schema: replace(field.schema, kind) } : field;
    }),
  };
}

function hasAny(
  models: Models,
  schema: Schema,
  files: ReadonlyMap<string, FileKind>,
): boolean {
  return inPlace(models, schema).some(({ schema: part }) =>
    (part.object?.fields ?? []).some((field) => files.has(field.name)),
  );
}
