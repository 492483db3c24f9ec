/** Random schemas of JSON Schema 2020-12: small, and with every keyword. */
import type { Json, JsonObject } from "../../generator/src/load/document.js";
import type { Random } from "../random.js";

const TYPES = [
  "null",
  "boolean",
  "integer",
  "number",
  "string",
  "array",
  "object",
];
const NAMES = ["a", "b", "c", "x-y"];
const PATTERNS = ["^a", "b$", "[0-9]", "^(?:ab|cd)+$", "^.{2}$", "-"];
const SCALARS: Json[] = [null, true, false, 0, 1, 1.5, -1, "", "a", "ab"];
const VALUES: Json[] = [
  ...SCALARS,
  [],
  [1],
  ["a", null],
  {},
  { a: 1 },
  { b: [true] },
];

/** What a schema may refer to: `below`, anything; in place, only schemas that come later, so that no loop closes. */
interface Scope {
  random: Random;
  count: number;
  index: number;
}

/** `count` schemas that refer to one another as `#/components/schemas/S0` … */
export function randomSchemas(random: Random, count: number): JsonObject {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `S${index}`,
      schema({ random, count, index }, 0, true),
    ]),
  );
}

function schema(scope: Scope, depth: number, inPlace: boolean): Json {
  const { random } = scope;
  if (depth > 0 && random.chance(0.08)) return random.chance(0.7);
  const out: JsonObject = {};
  if (random.chance(depth === 0 ? 0.1 : 0.25)) {
    const target = reference(scope, inPlace);
    if (target !== undefined) out["$ref"] = target;
  }
  if (random.chance(0.6)) {
    out["type"] = random.chance(0.75)
      ? random.pick(TYPES)
      : [...new Set([random.pick(TYPES), random.pick(TYPES)])];
  }
  const keywords = 1 + random.below(depth > 2 ? 2 : 4);
  for (let at = 0; at < keywords; at++) addKeyword(out, scope, depth, inPlace);
  return out;
}

function reference(
  { random, count, index }: Scope,
  inPlace: boolean,
): string | undefined {
  const first = inPlace ? index + 1 : 0;
  if (first >= count) return undefined;
  return `#/components/schemas/S${first + random.below(count - first)}`;
}

function addKeyword(
  out: JsonObject,
  scope: Scope,
  depth: number,
  inPlace: boolean,
): void {
  const { random } = scope;
  const here = (): Json => schema(scope, depth + 1, inPlace);
  const below = (): Json => schema(scope, depth + 1, false);
  const name = (): string => random.pick(NAMES);
  const names = (): string[] => [...new Set([name(), name()])];
  const some = (make: () => Json): Json[] =>
    Array.from({ length: 1 + random.below(3) }, make);
  const deep = depth > 2;
  const scalar: (() => void)[] = [
    () => void (out["enum"] = uniqueJson(some(() => random.pick(VALUES)))),
    () => void (out["const"] = random.pick(VALUES)),
    () => void (out["minimum"] = random.below(3) - 1),
    () => void (out["maximum"] = random.below(3)),
    () => void (out["exclusiveMinimum"] = random.below(2) - 1),
    () => void (out["exclusiveMaximum"] = 1 + random.below(2)),
    () => void (out["multipleOf"] = random.pick([1, 2, 0.5])),
    () => void (out["minLength"] = random.below(3)),
    () => void (out["maxLength"] = random.below(3)),
    () => void (out["pattern"] = random.pick(PATTERNS)),
    () => void (out["minItems"] = random.below(3)),
    () => void (out["maxItems"] = random.below(3)),
    () => void (out["uniqueItems"] = random.chance(0.8)),
    () => void (out["minProperties"] = random.below(3)),
    () => void (out["maxProperties"] = random.below(3)),
    () => void (out["required"] = names()),
    () => void (out["dependentRequired"] = { [name()]: names() }),
  ];
  const nested: (() => void)[] = [
    () => void (out["items"] = below()),
    () => void (out["prefixItems"] = some(below)),
    () => {
      out["contains"] = below();
      if (random.chance(0.4)) out["minContains"] = random.below(3);
      if (random.chance(0.3)) out["maxContains"] = 1 + random.below(2);
    },
    () => {
      out["properties"] = Object.fromEntries(
        names().map((each) => [each, below()]),
      );
    },
    () =>
      void (out["patternProperties"] = {
        [random.pick(["^a", "b", "-"])]: below(),
      }),
    () => void (out["additionalProperties"] = below()),
    () => void (out["propertyNames"] = here()),
    () => void (out["dependentSchemas"] = { [name()]: here() }),
    () => void (out["allOf"] = some(here)),
    () => void (out["anyOf"] = some(here)),
    () => void (out["oneOf"] = some(here)),
    () => void (out["not"] = here()),
    () => {
      out["if"] = here();
      if (random.chance(0.7)) out["then"] = here();
      if (random.chance(0.7)) out["else"] = here();
    },
    () => void (out["unevaluatedProperties"] = below()),
    () => void (out["unevaluatedItems"] = below()),
    () => {
      // Branches that a constant member tells apart.
      out["oneOf"] = ["a", "b"].map((tag) => ({
        type: "object",
        properties: { a: { const: tag }, b: below() },
        required: ["a"],
      }));
    },
  ];
  random.pick(!deep && random.chance(0.6) ? nested : scalar)();
}

function uniqueJson(values: Json[]): Json[] {
  return [
    ...new Map(values.map((each) => [JSON.stringify(each), each])).values(),
  ];
}

/** A random value in the world of these schemas. */
export function randomValue(random: Random, depth = 0): Json {
  const kind = random.below(depth > 2 ? 3 : 8);
  if (kind < 3) return random.pick([...SCALARS, "abcd", "9", "💩", 2, 3]);
  const length = random.below(4);
  if (kind < 5) {
    return Array.from({ length }, () => randomValue(random, depth + 1));
  }
  return Object.fromEntries(
    Array.from({ length }, () => [
      random.pick([...NAMES, "extra"]),
      random.chance(0.2)
        ? random.pick(["a", "b"])
        : randomValue(random, depth + 1),
    ]),
  );
}
