/** Room `emit`: how the body of one media type is read, from its type, its schema and its encodings. */
import type { Encoding, Media } from "../model/api.js";
import type { Json, JsonObject } from "../load/document.js";
import type { JsonType, Schema } from "../model/schema.js";
import { hasOwnAssertions, type Scope } from "./check/scope.js";
import { possibleTypes } from "./check/types.js";
import { hasEffects } from "./check/effects.js";
import {
  blank,
  closedFiles,
  fileKind,
  membersOf,
  openFiles,
  type FileKind,
} from "./form-files.js";
import { fieldData, partData, restShape } from "./form-fields.js";

type Models = Pick<Scope, "model">;

/** A file of a multipart body: a member of the value, with what its handler gets. */
export interface FileMember {
  name: string;
  kind: FileKind;
  required: boolean;
}

/** `schema` is what the value is checked against, `type` what its type is printed from. */
export type BodyPlan = { schema: Schema; type: Schema } & (
  | { kind: "text" | "bytes" | "list" | "lines" }
  /** `patch`: absent members mean "leave it", so that no default is filled in (RFC 7396). */
  | { kind: "json"; patch: boolean }
  | { kind: "form"; data: JsonObject }
  | {
      kind: "multipart";
      data: JsonObject;
      files: FileMember[];
      /** Declared headers of parts, as an object's members, by name of the part. */
      headers: { part: string; schema: Schema }[];
      positional: boolean;
    }
);

const known = new WeakMap<Media, BodyPlan>();

export function planBody(models: Models, media: Media): BodyPlan {
  const before = known.get(media);
  if (before !== undefined) return before;
  const plan = makePlan(models, media);
  known.set(media, plan);
  return plan;
}

function makePlan(models: Models, media: Media): BodyPlan {
  const { schema } = media;
  const same = { schema, type: schema };
  const essence = media.type.split(";", 1)[0]?.trim() ?? "";
  const types = possibleTypes(models, schema);
  if (media.codec === "lines") return planLines(media, types);
  if (essence.startsWith("multipart/") && !essence.includes("*")) {
    if (essence === "multipart/form-data" || isDescribed(media, types)) {
      return planMultipart(models, media, types);
    }
    return { kind: "bytes", ...same };
  }
  switch (media.codec) {
    case "json":
      return {
        kind: "json",
        patch:
          essence === "application/merge-patch+json" &&
          hasEffects(models, schema),
        ...same,
      };
    case "form":
      return {
        kind: "form",
        data: {
          codec: "form",
          fields: fieldsOf(models, media, false),
          ...restShape(models, schema),
        },
        ...same,
      };
    case "text":
      return { kind: "text", ...same };
    default:
      return { kind: rangeKind(essence, schema, types), patch: false, ...same };
  }
}

/** Under a range the type that is sent picks the reader, as far as the schema can hold for what it gives. */
function rangeKind(
  essence: string,
  schema: Schema,
  types: ReadonlySet<JsonType>,
): "json" | "text" | "bytes" {
  if (essence.endsWith("/*+json")) return "json";
  if (!/^(?:\*|application|text)\/\*$/.test(essence)) return "bytes";
  const isOpen = schema.refs.length === 0 && !hasOwnAssertions(schema);
  if (isOpen || schema.string?.content === "binary") return "bytes";
  if (types.size === 1 && types.has("string")) return "text";
  return essence === "text/*" ? "bytes" : "json";
}

/** With an item's schema one by one; a list of them whole; a schema of anything else is taken for an item's. */
function planLines(media: Media, types: ReadonlySet<JsonType>): BodyPlan {
  const { schema, item } = media;
  if (item) return { kind: "lines", schema: item, type: item };
  if (schema.refs.length === 0 && !hasOwnAssertions(schema)) {
    return { kind: "lines", schema, type: schema };
  }
  if (types.size === 1 && types.has("string")) {
    return { kind: "text", schema, type: schema };
  }
  const kind = types.has("array") ? "list" : "lines";
  return { kind, schema, type: schema };
}

function isDescribed(media: Media, types: ReadonlySet<JsonType>): boolean {
  if (media.positions ?? media.item) return true;
  return !types.has("string") && (types.has("object") || types.has("array"));
}

function planMultipart(
  models: Models,
  media: Media,
  types: ReadonlySet<JsonType>,
): BodyPlan {
  const isList = !types.has("object") && types.has("array");
  if (isList || media.positions || (media.item && !types.has("object"))) {
    return planPositions(models, media);
  }
  const members = membersOf(models, media.schema);
  const files: FileMember[] = [];
  for (const [name, member] of members) {
    const kind = fileKind(models, member.schema, encodingOf(media, name));
    if (kind) files.push({ name, kind, required: member.required });
  }
  const open = new Map(files.map(({ name, kind }) => [name, kind]));
  const data: JsonObject = {
    codec: "multipart",
    fields: fieldsOf(models, media, true),
    ...restShape(models, media.schema),
  };
  return {
    kind: "multipart",
    data,
    files,
    headers: media.encoding.flatMap(({ property, headers }) =>
      headers.length > 0
        ? [{ part: property, schema: headersSchema(headers, media) }]
        : [],
    ),
    positional: false,
    schema: closedFiles(models, media.schema, open),
    type: openFiles(models, media.schema, open),
  };
}

/** 3.2, media type object: `prefixEncoding` and `itemEncoding` go with `prefixItems` and `items`. */
function planPositions(models: Models, media: Media): BodyPlan {
  const array = arrayOf(models, media.schema);
  const items = array?.items ?? media.item ?? blank(media.schema);
  const part = (schema: Schema, encoding: Encoding | undefined) => ({
    schema,
    encoding,
    kind: fileKind(models, schema, encoding),
  });
  const prefix = (array?.prefix ?? []).map((schema, at) =>
    part(schema, media.positions?.prefix[at] ?? media.positions?.item),
  );
  for (const encoding of (media.positions?.prefix ?? []).slice(prefix.length)) {
    prefix.push(part(items, encoding));
  }
  const item = part(items, media.positions?.item);
  const data = (each: typeof item) =>
    partData(models, each.schema, each.encoding, each.kind && "bytes");
  const shown = (each: typeof item) =>
    each.kind ? blank(each.schema) : each.schema;
  const schema: Schema = {
    ...blank(media.schema),
    types: ["array"],
    array: {
      ...array,
      prefix: prefix.map(shown),
      items: shown(item),
    },
  };
  return {
    kind: "multipart",
    data: {
      codec: "multipart",
      fields: {},
      ...(prefix.length > 0 ? { prefix: prefix.map(data) } : {}),
      items: data(item),
    },
    files: [],
    headers: [],
    positional: true,
    schema,
    type: schema,
  };
}

function arrayOf(models: Models, schema: Schema): Schema["array"] {
  if (schema.array) return schema.array;
  for (const id of schema.refs) {
    const found = models.model(id).schema.array;
    if (found) return found;
  }
  return undefined;
}

function fieldsOf(models: Models, media: Media, isMultipart: boolean): Json {
  const fields = Object.create(null) as { [key: string]: Json };
  for (const [name, member] of membersOf(models, media.schema)) {
    const encoding = encodingOf(media, name);
    const kind = isMultipart
      ? fileKind(models, member.schema, encoding)
      : undefined;
    const stream = encoding?.stream === true ? "stream" : "bytes";
    fields[name] = isMultipart
      ? partData(models, member.schema, encoding, kind && stream)
      : fieldData(models, member.schema, encoding);
  }
  return fields;
}

function encodingOf(media: Media, name: string): Encoding | undefined {
  return media.encoding.find(({ property }) => property === name);
}

function headersSchema(headers: Encoding["headers"], media: Media): Schema {
  return {
    ...blank(media.schema),
    types: ["object"],
    object: {
      fields: headers.map(({ name, required, schema }) => ({
        name,
        required,
        schema,
      })),
      required: headers.filter((each) => each.required).map(({ name }) => name),
      patterns: [],
      dependentRequired: [],
      dependentSchemas: [],
    },
  };
}
