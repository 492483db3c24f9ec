/** Ajv's opinion of values by their place in a bundled document: the dialect of 3.0 and the direction are all that is translated. */
import type { ValidateFunction } from "ajv";
import type { Json, JsonObject } from "../../../generator/src/load/document.js";
import {
  openAjv,
  plainBounds,
  plainNullable,
} from "../../differential/ajv-oracle.js";
import { isObject } from "../../differential/any-value.js";

export type Direction = "request" | "response";

export interface AjvDocument {
  /** The node of a pointer, references followed, with the pointer of where it stands. */
  resolve(pointer: string): { node: Json; pointer: string } | undefined;
  /** What Ajv has against the value; nothing where it is valid. */
  faults(pointer: string, value: Json, direction: Direction): string[];
}

const MAPS = new Set(["properties", "patternProperties", "dependentSchemas"]);
const LISTS = new Set(["allOf", "anyOf", "oneOf", "prefixItems"]);
const SCHEMAS = new Set([
  "items",
  "not",
  "additionalProperties",
  "contains",
  "if",
  "then",
  "else",
  "propertyNames",
  "unevaluatedProperties",
  "unevaluatedItems",
]);
/** Say nothing of values, or say it of the schema itself. */
const SILENT = new Set([
  "example",
  "examples",
  "default",
  "xml",
  "nullable",
  "discriminator",
  "$schema",
  "$id",
  "id",
  "$defs",
  "definitions",
]);

export function ajvDocument(bundle: JsonObject): AjvDocument {
  const isOld = String(bundle["openapi"]).startsWith("3.0");
  const ajv = openAjv();
  const added = new Set<string>();

  function resolve(pointer: string) {
    let at = pointer;
    for (let hops = 0; hops < 50; hops++) {
      const node = valueAt(bundle, at);
      if (node === undefined) return undefined;
      const next = isObject(node) ? node["$ref"] : undefined;
      if (typeof next !== "string") return { node, pointer: at };
      at = decodeURIComponent(next.slice(1));
    }
    return undefined;
  }

  /** Adds a schema and all that it leads to, each under a name of its own. */
  function add(pointer: string, direction: Direction): string {
    const wanted = [pointer];
    for (let next = wanted.pop(); next !== undefined; next = wanted.pop()) {
      const id = nameOf(next, direction);
      if (added.has(id)) continue;
      added.add(id);
      const schema = plain(valueAt(bundle, next) ?? true, direction, wanted);
      ajv.addSchema(
        isObject(schema)
          ? { ...schema, $id: id }
          : { $id: id, ...(schema === false && { not: {} }) },
      );
    }
    return nameOf(pointer, direction);
  }

  function plain(schema: Json, direction: Direction, wanted: string[]): Json {
    if (!isObject(schema)) return schema;
    const next = (each: Json): Json => plain(each, direction, wanted);
    const reference = schema["$ref"];
    const target =
      typeof reference === "string"
        ? decodeURIComponent(reference.slice(1))
        : undefined;
    if (target !== undefined) wanted.push(target);
    const $ref = target !== undefined && { $ref: nameOf(target, direction) };
    // members beside a reference are ignored there
    if (isOld && $ref) return $ref;
    const out: JsonObject = {};
    for (const [keyword, value] of Object.entries(schema)) {
      if (keyword === "$ref" || SILENT.has(keyword)) continue;
      if (MAPS.has(keyword) && isObject(value)) {
        out[keyword] = mapped(value, next);
      } else if (LISTS.has(keyword) && Array.isArray(value)) {
        out[keyword] = value.map(next);
      } else out[keyword] = SCHEMAS.has(keyword) ? next(value) : value;
    }
    if ($ref) out["$ref"] = $ref.$ref;
    plainBounds(out);
    leaveOutForeign(out, schema, direction);
    return schema["nullable"] === true ? plainNullable(out) : out;
  }

  /** Members that the other side alone sends are asked of nobody here. */
  function leaveOutForeign(
    out: JsonObject,
    { properties, required }: JsonObject,
    direction: Direction,
  ): void {
    const kept = out["properties"];
    if (!isObject(properties) || !isObject(kept)) return;
    const flag = direction === "request" ? "readOnly" : "writeOnly";
    const foreign = Object.entries(properties)
      .filter(([, property]) => isMarked(property, flag))
      .map(([name]) => name);
    for (const name of foreign) kept[name] = true;
    if (!Array.isArray(required)) return;
    out["required"] = required.filter(
      (name) => !foreign.some((each) => each === name),
    );
  }

  /** By itself, or by what it refers to. */
  function isMarked(schema: Json, flag: string, depth = 0): boolean {
    if (!isObject(schema) || depth > 20) return false;
    if (schema[flag] === true) return true;
    const { $ref, allOf } = schema;
    const target =
      typeof $ref === "string"
        ? valueAt(bundle, decodeURIComponent($ref.slice(1)))
        : undefined;
    return [target, ...(Array.isArray(allOf) ? allOf : [])].some(
      (each) => each !== undefined && isMarked(each, flag, depth + 1),
    );
  }

  const compiled = new Map<string, ValidateFunction>();
  return {
    resolve,
    faults(pointer, value, direction) {
      const id = add(pointer, direction);
      const validate = compiled.get(id) ?? ajv.compile({ $ref: id });
      compiled.set(id, validate);
      if (validate(value) === true) return [];
      return (validate.errors ?? []).map(
        ({ instancePath, keyword, message }) =>
          `${instancePath} ${keyword}: ${message}`,
      );
    },
  };
}

function nameOf(pointer: string, direction: Direction): string {
  return `kontract:${direction}/${encodeURIComponent(pointer)}`;
}

function mapped(map: JsonObject, change: (each: Json) => Json): JsonObject {
  return Object.fromEntries(
    Object.entries(map).map(([name, each]) => [name, change(each)]),
  );
}

/** RFC 6901. */
export function valueAt(root: Json, pointer: string): Json | undefined {
  let value: Json | undefined = root;
  for (const token of pointer.split("/").slice(1)) {
    const name = token.replaceAll("~1", "/").replaceAll("~0", "~");
    if (typeof value !== "object" || value === null) return undefined;
    value = Object.hasOwn(value, name)
      ? (value as Record<string, Json>)[name]
      : undefined;
  }
  return value;
}

export function below(pointer: string, ...keys: string[]): string {
  const escaped = keys.map((key) =>
    key.replaceAll("~", "~0").replaceAll("/", "~1"),
  );
  return [pointer, ...escaped].join("/");
}
