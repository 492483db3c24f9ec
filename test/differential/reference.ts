/** JSON Schema 2020-12 word by word, slow and plain: what a schema says of a value, and which members it evaluates. */
import type { Json, JsonObject } from "../../generator/src/load/document.js";
import { isObject } from "./any-value.js";
import type { Components } from "./schema-values.js";

/** Core, section 7.7.1: members and items that were evaluated, of a valid value. */
interface Evaluated {
  names: Set<string>;
  items: Set<number>;
}

/** `undefined`: not valid. */
type Outcome = Evaluated | undefined;

export function isValid(
  schema: Json,
  value: Json,
  components: Components,
): boolean {
  return outcome(schema, value, components) !== undefined;
}

function outcome(schema: Json, value: Json, components: Components): Outcome {
  const seen: Evaluated = { names: new Set(), items: new Set() };
  if (!isObject(schema)) return schema === false ? undefined : seen;
  const ask = (each: Json, of: Json): boolean =>
    outcome(each, of, components) !== undefined;
  /** Applies a schema to the value itself. */
  const apply = (each: Json): boolean => {
    const result = outcome(each, value, components);
    if (result === undefined) return false;
    for (const name of result.names) seen.names.add(name);
    for (const item of result.items) seen.items.add(item);
    return true;
  };
  const valid =
    appliesInPlace(schema, value, components, apply, ask) &&
    hasType(schema["type"], value) &&
    hasValue(schema, value) &&
    (typeof value !== "number" || isNumber(schema, value)) &&
    (typeof value !== "string" || isText(schema, value)) &&
    (!Array.isArray(value) || isArray(schema, value, seen, ask)) &&
    (!isObject(value) || isRecord(schema, value, seen, ask, apply)) &&
    leavesNothing(schema, value, seen, ask);
  return valid ? seen : undefined;
}

type Ask = (schema: Json, of: Json) => boolean;
type Apply = (schema: Json) => boolean;

function appliesInPlace(
  schema: JsonObject,
  value: Json,
  components: Components,
  apply: Apply,
  ask: Ask,
): boolean {
  const reference = schema["$ref"];
  if (typeof reference === "string") {
    const name = reference.slice(reference.lastIndexOf("/") + 1);
    if (!apply(components[name] ?? false)) return false;
  }
  if (!list(schema["allOf"]).every(apply)) return false;
  const any = list(schema["anyOf"]);
  // Every branch is applied: each valid one counts for what is evaluated.
  if (any.length > 0 && any.filter(apply).length === 0) return false;
  const one = list(schema["oneOf"]);
  if (one.length > 0 && one.filter(apply).length !== 1) return false;
  const { not } = schema;
  if (not !== undefined && ask(not, value)) return false;
  const test = schema["if"];
  if (test === undefined) return true;
  return apply(schema[apply(test) ? "then" : "else"] ?? true);
}

function hasType(type: Json | undefined, value: Json): boolean {
  if (type === undefined) return true;
  const types = Array.isArray(type) ? type : [type];
  return types.some((each) => {
    switch (each) {
      case "null":
        return value === null;
      case "array":
        return Array.isArray(value);
      case "object":
        return isObject(value);
      case "integer":
        return Number.isInteger(value);
      default:
        return typeof value === each;
    }
  });
}

function hasValue(schema: JsonObject, value: Json): boolean {
  const text = canonical(value);
  const { const: constant, enum: values } = schema;
  if (constant !== undefined && canonical(constant) !== text) return false;
  return (
    values === undefined ||
    list(values).some((each) => canonical(each) === text)
  );
}

function isNumber(schema: JsonObject, value: number): boolean {
  const divisor = schema["multipleOf"];
  return (
    within(value, schema["minimum"], schema["maximum"]) &&
    value > limit(schema["exclusiveMinimum"], -Infinity) &&
    value < limit(schema["exclusiveMaximum"], Infinity) &&
    (typeof divisor !== "number" || Number.isInteger(value / divisor))
  );
}

function isText(schema: JsonObject, value: string): boolean {
  const { pattern } = schema;
  return (
    within([...value].length, schema["minLength"], schema["maxLength"]) &&
    (typeof pattern !== "string" || new RegExp(pattern, "u").test(value))
  );
}

function isArray(
  schema: JsonObject,
  value: Json[],
  seen: Evaluated,
  ask: Ask,
): boolean {
  if (!within(value.length, schema["minItems"], schema["maxItems"])) {
    return false;
  }
  if (
    schema["uniqueItems"] === true &&
    new Set(value.map(canonical)).size < value.length
  ) {
    return false;
  }
  const prefix = list(schema["prefixItems"]);
  const { items, contains } = schema;
  for (const [at, item] of value.entries()) {
    const each = at < prefix.length ? prefix[at] : items;
    if (each === undefined) continue;
    if (!ask(each, item)) return false;
    seen.items.add(at);
  }
  if (contains === undefined) return true;
  let matches = 0;
  for (const [at, item] of value.entries()) {
    if (!ask(contains, item)) continue;
    seen.items.add(at);
    matches++;
  }
  return within(matches, schema["minContains"] ?? 1, schema["maxContains"]);
}

function isRecord(
  schema: JsonObject,
  value: JsonObject,
  seen: Evaluated,
  ask: Ask,
  apply: Apply,
): boolean {
  const names = Object.keys(value);
  const has = (name: Json): boolean => names.includes(String(name));
  if (!within(names.length, schema["minProperties"], schema["maxProperties"])) {
    return false;
  }
  if (!list(schema["required"]).every(has)) return false;
  for (const [name, needed] of members(schema["dependentRequired"])) {
    if (has(name) && !list(needed).every(has)) return false;
  }
  for (const [name, each] of members(schema["dependentSchemas"])) {
    if (has(name) && !apply(each)) return false;
  }
  const properties = new Map(members(schema["properties"]));
  const patterns = members(schema["patternProperties"]);
  const { propertyNames, additionalProperties } = schema;
  for (const [name, member] of members(value)) {
    if (propertyNames !== undefined && !ask(propertyNames, name)) return false;
    const said = patterns
      .filter(([pattern]) => new RegExp(pattern, "u").test(name))
      .map(([, each]) => each);
    const declared = properties.get(name);
    if (declared !== undefined) said.push(declared);
    if (said.length === 0 && additionalProperties !== undefined) {
      said.push(additionalProperties);
    }
    if (!said.every((each) => ask(each, member))) return false;
    if (said.length > 0) seen.names.add(name);
  }
  return true;
}

function leavesNothing(
  schema: JsonObject,
  value: Json,
  seen: Evaluated,
  ask: Ask,
): boolean {
  const { unevaluatedItems, unevaluatedProperties } = schema;
  if (unevaluatedItems !== undefined && Array.isArray(value)) {
    for (const [at, item] of value.entries()) {
      if (!seen.items.has(at) && !ask(unevaluatedItems, item)) return false;
      seen.items.add(at);
    }
  }
  if (unevaluatedProperties !== undefined && isObject(value)) {
    for (const [name, member] of members(value)) {
      if (!seen.names.has(name) && !ask(unevaluatedProperties, member)) {
        return false;
      }
      seen.names.add(name);
    }
  }
  return true;
}

function within(
  value: number,
  min: Json | undefined,
  max: Json | undefined,
): boolean {
  return value >= limit(min, -Infinity) && value <= limit(max, Infinity);
}

function limit(value: Json | undefined, otherwise: number): number {
  return typeof value === "number" ? value : otherwise;
}

function list(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

function members(value: Json | undefined): [string, Json][] {
  return isObject(value) ? Object.entries(value) : [];
}

function canonical(value: Json): string {
  return JSON.stringify(value, (_, each: Json) =>
    isObject(each)
      ? Object.fromEntries(
          Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : each,
  );
}
