/** Random JSON values of any kind, and the texts, numbers and names that they are made of. */
import type { Json, JsonObject } from "../../generator/src/load/document.js";
import type { Random } from "../random.js";

export const TEXTS = [
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
export const NUMBERS = [
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
export const NAMES = ["a", "b", "extra", "id", "type", "__proto__", "x-y"];
/** Levels of nesting that values keep to, roughly. */
export const DEEPEST = 6;

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

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
