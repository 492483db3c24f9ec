/** Random values that a schema mostly allows. */
import type { Json, JsonObject } from "../../generator/src/load/document.js";
import type { Random } from "../random.js";

/** The schemas that `#/components/schemas/…` refers to. */
export type Components = JsonObject;

/** Texts that have a format, or nearly. */
const FORMAT_TEXTS: Record<string, string[]> = {
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
const TEXTS = [
  "",
  "a",
  "abc",
  "Hello, World",
  "0",
  "true",
  "💩",
  "é",
  "a_b-c",
  "0123456789",
  "x".repeat(300),
];
const NUMBERS = [
  0,
  1,
  -1,
  2,
  7,
  100,
  0.5,
  -0.25,
  1e3,
  1e10,
  2 ** 31,
  2 ** 53,
  -(2 ** 63),
  1e300,
];
const NAMES = ["a", "b", "extra", "id", "type", "__proto__", "isPrototypeOf", "x-y"];
const DEEPEST = 6;

export function schemaValue(
  schema: Json | undefined,
  components: Components,
  random: Random,
  depth = 0,
): Json {
  if (!isObject(schema)) return anyValue(random, depth);
  const reference = schema["$ref"];
  if (typeof reference === "string") {
    if (depth > 4 * DEEPEST) return null;
    return schemaValue(
      referred(reference, components),
      components,
      random,
      depth + 1,
    );
  }
  if (schema["const"] !== undefined) return schema["const"];
  const values = schema["enum"];
  if (Array.isArray(values) && values.length > 0) return random.pick(values);
  if (schema["nullable"] === true && random.chance(0.15)) return null;
  for (const keyword of ["oneOf", "anyOf"]) {
    const branches = schema[keyword];
    if (!Array.isArray(branches) || branches.length === 0) continue;
    const chosen = schemaValue(
      random.pick(branches),
      components,
      random,
      depth + 1,
    );
    return isObject(chosen) && (schema["properties"] || schema["allOf"])
      ? merge(ownValue(schema, components, random, depth), chosen)
      : chosen;
  }
  return ownValue(schema, components, random, depth);
}

/** What the schema says itself, and its `allOf`. */
function ownValue(
  schema: JsonObject,
  components: Components,
  random: Random,
  depth: number,
): Json {
  const parts = schema["allOf"];
  let value: Json | undefined;
  if (
    schema["type"] !== undefined ||
    schema["properties"] !== undefined ||
    !Array.isArray(parts)
  ) {
    value = typedValue(schema, components, random, depth);
  }
  if (!Array.isArray(parts)) return value ?? null;
  for (const part of parts) {
    const next = schemaValue(part, components, random, depth + 1);
    value = value === undefined ? next : merge(value, next);
  }
  return value ?? null;
}

function merge(one: Json, other: Json): Json {
  return isObject(one) && isObject(other) ? { ...one, ...other } : other;
}

function typedValue(
  schema: JsonObject,
  components: Components,
  random: Random,
  depth: number,
): Json {
  const type = schema["type"];
  const one = Array.isArray(type) && type.length > 0 ? random.pick(type) : type;
  switch (one) {
    case "string":
      return stringValue(schema, random);
    case "integer":
    case "number":
      return numberValue(schema, one === "integer", random);
    case "boolean":
      return random.chance(0.5);
    case "null":
      return null;
    case "array":
      return arrayValue(schema, components, random, depth);
    case "object":
      return objectValue(schema, components, random, depth);
  }
  if (schema["properties"] !== undefined)
    return objectValue(schema, components, random, depth);
  if (schema["items"] !== undefined)
    return arrayValue(schema, components, random, depth);
  return anyValue(random, depth);
}

function stringValue(schema: JsonObject, random: Random): string {
  const example = schema["example"] ?? schema["default"];
  if (typeof example === "string" && random.chance(0.5)) return example;
  const format = schema["format"];
  const texts = typeof format === "string" ? FORMAT_TEXTS[format] : undefined;
  if (texts !== undefined && random.chance(0.9)) return random.pick(texts);
  let text = random.pick(TEXTS);
  const min = schema["minLength"];
  const max = schema["maxLength"];
  if (typeof min === "number")
    text = text.padEnd(Math.min(min - (random.chance(0.1) ? 1 : 0), 5000), "z");
  if (typeof max === "number" && random.chance(0.8)) text = text.slice(0, max);
  return text;
}

function numberValue(
  schema: JsonObject,
  integer: boolean,
  random: Random,
): number {
  const min = schema["minimum"] ?? schema["exclusiveMinimum"];
  const max = schema["maximum"] ?? schema["exclusiveMaximum"];
  const roll = random.next();
  if (roll < 0.2) return random.pick(NUMBERS);
  if (typeof min === "number" && roll < 0.5) return min + random.below(3) - 1;
  if (typeof max === "number" && roll < 0.7) return max + random.below(3) - 1;
  return integer ? random.below(200) : random.below(1000) / 8;
}

function arrayValue(
  schema: JsonObject,
  components: Components,
  random: Random,
  depth: number,
): Json[] {
  const min = typeof schema["minItems"] === "number" ? schema["minItems"] : 0;
  const length =
    depth > DEEPEST ? Math.min(min, 2) : Math.min(min, 20) + random.below(3);
  const prefix = schema["prefixItems"];
  return Array.from({ length }, (_, index) =>
    schemaValue(
      Array.isArray(prefix) && index < prefix.length
        ? prefix[index]
        : schema["items"],
      components,
      random,
      depth + 1,
    ),
  );
}

function objectValue(
  schema: JsonObject,
  components: Components,
  random: Random,
  depth: number,
): JsonObject {
  const value: JsonObject = {};
  const properties = schema["properties"];
  const required = Array.isArray(schema["required"]) ? schema["required"] : [];
  for (const [name, property] of Object.entries(
    isObject(properties) ? properties : {},
  )) {
    const wanted = required.includes(name) ? 0.97 : depth > DEEPEST ? 0 : 0.5;
    if (random.chance(wanted))
      set(value, name, schemaValue(property, components, random, depth + 1));
  }
  const rest = schema["additionalProperties"];
  if (random.chance(isObject(rest) ? 0.7 : 0.1) && depth <= DEEPEST) {
    set(
      value,
      random.pick(NAMES),
      schemaValue(
        isObject(rest) ? rest : undefined,
        components,
        random,
        depth + 1,
      ),
    );
  }
  return value;
}

export function anyValue(random: Random, depth: number): Json {
  switch (random.below(depth > DEEPEST ? 4 : 6)) {
    case 0:
      return random.pick(TEXTS);
    case 1:
      return random.pick(NUMBERS);
    case 2:
      return random.chance(0.5);
    case 3:
      return null;
    case 4:
      return Array.from({ length: random.below(3) }, () =>
        anyValue(random, depth + 2),
      );
    default:
      return Object.fromEntries(
        Array.from({ length: random.below(3) }, () => [
          random.pick(NAMES),
          anyValue(random, depth + 2),
        ]),
      );
  }
}

/** An own member, whatever its name. */
export function set(object: JsonObject, name: string, value: Json): void {
  Object.defineProperty(object, name, {
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  });
}

export function referred(reference: string, components: Components): Json {
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

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
