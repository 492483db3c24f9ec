/** Random values that a schema mostly allows. */
import type { Json, JsonObject } from "../../generator/src/load/document.js";
import type { Random } from "../random.js";
import {
  anyValue,
  DEEPEST,
  isObject,
  NAMES,
  NUMBERS,
  set,
  TEXTS,
} from "./any-value.js";

/** The schemas that `#/components/schemas/…` refers to. */
export type Components = JsonObject;

/** What values are made with. */
export interface Maker {
  components: Components;
  random: Random;
  /** Keeps to what the schema says; else some parts do not. */
  careful: boolean;
}

/** Texts that have a format, first, and ones that nearly have it. */
const FORMAT_TEXTS: Record<string, [string, ...string[]]> = {
  "date-time": [
    "2024-02-29T12:30:00Z",
    "2023-12-31T23:59:59.5+01:00",
    "2024-02-30T00:00:00Z",
  ],
  date: ["2024-02-29", "2023-02-29", "1999-12-31"],
  time: ["12:30:00Z", "25:00:00Z"],
  duration: ["P1D", "PT1H", "1D"],
  email: ["a.b@example.com", "a@b@c"],
  hostname: ["example.com", "-a.com"],
  ipv4: ["127.0.0.1", "256.0.0.1"],
  ipv6: ["::1", ":::1"],
  uri: ["https://example.com/a?b#c", "no uri"],
  "uri-reference": ["/a/b", "a b"],
  uuid: ["2eb8aa08-aa98-11ea-b4aa-73b441d16380", "2eb8aa08"],
  byte: ["aGk=", "aGk"],
};
/** Keywords that decide what a value is made of. */
const SHAPES = ["type", "properties", "items", "enum", "const", "$ref"];

export function schemaValue(
  schema: Json | undefined,
  maker: Maker,
  depth = 0,
): Json {
  const { components, random } = maker;
  if (!isObject(schema)) return anyValue(random, depth);
  const reference = schema["$ref"];
  if (typeof reference === "string") {
    if (depth > 4 * DEEPEST) return null;
    return schemaValue(referred(reference, components), maker, depth + 1);
  }
  if (schema["const"] !== undefined) return schema["const"];
  const values = schema["enum"];
  if (Array.isArray(values) && values.length > 0) return random.pick(values);
  if (schema["nullable"] === true && random.chance(0.15)) return null;
  const branches = schema["oneOf"] ?? schema["anyOf"];
  if (!Array.isArray(branches) || branches.length === 0) {
    return ownValue(schema, maker, depth);
  }
  const chosen = schemaValue(random.pick(branches), maker, depth + 1);
  const more = schema["properties"] ?? schema["allOf"];
  return isObject(chosen) && more !== undefined
    ? merge(ownValue(schema, maker, depth), chosen)
    : chosen;
}

/** What the schema says itself, and its `allOf`. */
function ownValue(schema: JsonObject, maker: Maker, depth: number): Json {
  const parts = schema["allOf"];
  if (!Array.isArray(parts)) {
    return withRequired(typedValue(schema, maker, depth), schema, maker);
  }
  let value = isShape(schema) ? typedValue(schema, maker, depth) : undefined;
  for (const part of parts) {
    if (!isObject(part) || !saysAnything(part)) continue;
    const next = schemaValue(part, maker, depth + 1);
    // Either part may be the one that says more about a member of both.
    if (value === undefined) value = next;
    else if (maker.random.chance(0.5)) value = merge(value, next);
    else value = merge(next, value);
  }
  return withRequired(value ?? null, schema, maker);
}

/** Adds members that are required and described elsewhere or nowhere. */
function withRequired(value: Json, schema: JsonObject, maker: Maker): Json {
  const required = schema["required"];
  if (!isObject(value) || !Array.isArray(required)) return value;
  for (const name of required) {
    if (typeof name !== "string" || isDeclared(name, schema)) continue;
    if (!Object.hasOwn(value, name))
      set(value, name, anyValue(maker.random, 4));
  }
  return value;
}

function isShape(schema: JsonObject): boolean {
  return SHAPES.some((keyword) => schema[keyword] !== undefined);
}

function saysAnything(schema: JsonObject): boolean {
  return (
    isShape(schema) ||
    ["allOf", "oneOf", "anyOf"].some((each) => schema[each] !== undefined)
  );
}

function merge(one: Json, other: Json): Json {
  return isObject(one) && isObject(other) ? { ...one, ...other } : other;
}

function typedValue(schema: JsonObject, maker: Maker, depth: number): Json {
  const { random } = maker;
  const type = schema["type"];
  const one = Array.isArray(type) && type.length > 0 ? random.pick(type) : type;
  switch (one) {
    case "string":
      return stringValue(schema, maker);
    case "integer":
    case "number":
      return numberValue(schema, one === "integer", maker);
    case "boolean":
      return random.chance(0.5);
    case "null":
      return null;
    case "array":
      return arrayValue(schema, maker, depth);
    case "object":
      return objectValue(schema, maker, depth);
  }
  if (schema["properties"] !== undefined) {
    return objectValue(schema, maker, depth);
  }
  if (schema["items"] !== undefined) return arrayValue(schema, maker, depth);
  return anyValue(random, depth);
}

function stringValue(schema: JsonObject, { random, careful }: Maker): string {
  const example = schema["example"] ?? schema["default"];
  if (typeof example === "string" && random.chance(careful ? 0.9 : 0.5)) {
    return example;
  }
  const format = schema["format"];
  const texts = typeof format === "string" ? FORMAT_TEXTS[format] : undefined;
  if (texts !== undefined && careful) return texts[0];
  if (texts !== undefined && random.chance(0.9)) return random.pick(texts);
  let text = random.pick(TEXTS);
  const min = schema["minLength"];
  const max = schema["maxLength"];
  if (typeof min === "number") {
    const length = careful || random.chance(0.9) ? min : min - 1;
    text = text.padEnd(Math.min(length, 5000), "z");
  }
  if (typeof max === "number" && (careful || random.chance(0.8))) {
    text = text.slice(0, max);
  }
  return text;
}

function numberValue(
  schema: JsonObject,
  integer: boolean,
  { random, careful }: Maker,
): number {
  const min = schema["minimum"] ?? schema["exclusiveMinimum"];
  const max = schema["maximum"] ?? schema["exclusiveMaximum"];
  if (careful) {
    const low = typeof min === "number" ? min : 0;
    const high = typeof max === "number" ? max : low + 100;
    const value = low + random.next() * (high - low);
    return integer ? Math.ceil(value) : value;
  }
  const roll = random.next();
  if (roll < 0.2) return random.pick(NUMBERS);
  if (typeof min === "number" && roll < 0.5) return min + random.below(3) - 1;
  if (typeof max === "number" && roll < 0.7) return max + random.below(3) - 1;
  return integer ? random.below(200) : random.below(1000) / 8;
}

function arrayValue(schema: JsonObject, maker: Maker, depth: number): Json[] {
  const { random } = maker;
  const min = typeof schema["minItems"] === "number" ? schema["minItems"] : 0;
  const more = depth > DEEPEST ? 0 : random.below(3);
  const prefix = schema["prefixItems"];
  return Array.from({ length: Math.min(min, 20) + more }, (_, index) =>
    schemaValue(
      Array.isArray(prefix) && index < prefix.length
        ? prefix[index]
        : schema["items"],
      maker,
      depth + 1,
    ),
  );
}

function objectValue(
  schema: JsonObject,
  maker: Maker,
  depth: number,
): JsonObject {
  const { random, careful } = maker;
  const value: JsonObject = {};
  const required = Array.isArray(schema["required"]) ? schema["required"] : [];
  for (const [name, property] of members(schema["properties"])) {
    const wanted = required.includes(name)
      ? careful
        ? 1
        : 0.97
      : depth > DEEPEST
        ? 0
        : 0.5 / (1 + depth / 2);
    if (random.chance(wanted)) {
      set(value, name, schemaValue(property, maker, depth + 1));
    }
  }
  const rest = schema["additionalProperties"];
  const extra = isObject(rest) ? 0.7 : careful ? 0 : 0.1;
  if (random.chance(extra) && depth <= DEEPEST) {
    const allowed = isObject(rest) ? rest : undefined;
    set(value, random.pick(NAMES), schemaValue(allowed, maker, depth + 1));
  }
  return value;
}

function isDeclared(name: string, schema: JsonObject): boolean {
  const properties = schema["properties"];
  return isObject(properties) && Object.hasOwn(properties, name);
}

function members(value: Json | undefined): [string, Json][] {
  return isObject(value) ? Object.entries(value) : [];
}

function referred(reference: string, components: Components): Json {
  const name = /^#\/components\/schemas\/([^/]+)$/.exec(reference)?.[1];
  const target =
    name === undefined
      ? undefined
      : components[
          decodeURIComponent(name).replace(/~1/g, "/").replace(/~0/g, "~")
        ];
  if (target === undefined) throw new Error(`no schema at ${reference}`);
  return target;
}
