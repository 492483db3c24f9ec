/** Changes a value a little, so that a schema that allowed it may not any more. */
import type { Json, JsonObject } from "../../generator/src/load/document.js";
import type { Random } from "../random.js";
import { anyValue, isObject, set } from "./any-value.js";

/** A copy with one to three changes in random places. */
export function mutated(value: Json, random: Random): Json {
  let result: Json = structuredClone(value);
  for (let changes = 1 + random.below(3); changes > 0; changes--) {
    result = changed(result, random);
  }
  return result;
}

function changed(value: Json, random: Random): Json {
  if (random.chance(0.1)) return anyValue(random, 4);
  if (Array.isArray(value)) return changedArray(value, random);
  if (isObject(value)) return changedObject(value, random);
  return changedScalar(value, random);
}

function changedArray(items: Json[], random: Random): Json {
  if (items.length === 0) return [anyValue(random, 4)];
  const at = random.below(items.length);
  switch (random.below(5)) {
    case 0:
      return items.toSpliced(at, 1);
    case 1:
      return items.toSpliced(at, 0, structuredClone(items[at] ?? null));
    case 2:
      return items.toSpliced(at, 0, anyValue(random, 4));
    default:
      return items.with(at, changed(items[at] ?? null, random));
  }
}

function changedObject(object: JsonObject, random: Random): Json {
  const names = Object.keys(object);
  if (names.length === 0 || random.chance(0.15)) {
    set(
      object,
      random.pick(["extra", "__proto__", "isPrototypeOf", "id", "type"]),
      anyValue(random, 4),
    );
    return object;
  }
  const name = random.pick(names);
  if (random.chance(0.25)) delete object[name];
  else set(object, name, changed(object[name] ?? null, random));
  return object;
}

function changedScalar(value: Json, random: Random): Json {
  if (random.chance(0.2)) return null;
  if (typeof value === "string") {
    return random.pick<Json>([
      value + "x",
      value.slice(1),
      value.toUpperCase(),
      "",
      ` ${value}`,
      1,
      [value],
    ]);
  }
  if (typeof value === "number") {
    return random.pick<Json>([
      value + 1,
      value - 1,
      value + 0.5,
      -value,
      value * 1e6,
      String(value),
      true,
    ]);
  }
  if (typeof value === "boolean")
    return random.pick<Json>([!value, Number(value), String(value)]);
  return anyValue(random, 4);
}
