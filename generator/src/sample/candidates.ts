/** Room `sample`: values for which a list of schemas holds, one after the other, as many as are asked for. */
import type { Json } from "../load/document.js";
import type { JsonType, Schema } from "../model/schema.js";
import { alternatives, type Parts } from "./alternatives.js";
import { arrays } from "./arrays.js";
import { holds } from "./holds.js";
import { objects } from "./objects.js";
import { inOrder, type Sampling } from "./sampling.js";
import { numbers, texts } from "./scalars.js";

/** Values that contain themselves by need have no end. */
const DEEPEST = 40;
/** Ways of holding together that are tried. */
const MOST_WAYS = 48;
/** Values that are tried for one way. */
const MOST_TRIES = 64;
/** Values of one type, of which there may be endlessly many. */
const MOST_OF_TYPE = 16;

const ALL_TYPES: readonly JsonType[] = [
  "string",
  "object",
  "array",
  "number",
  "boolean",
  "null",
];

/** Each value is valid against every one of the schemas. */
export function* candidates(
  schemas: Parts,
  sampling: Sampling,
  depth = 0,
): Generator<Json> {
  if (depth > DEEPEST) return;
  const given = new Set<string>();
  let last: Json | undefined;
  let ways = 0;
  for (const parts of alternatives(schemas, sampling, depth)) {
    if (++ways > MOST_WAYS) return;
    let tries = 0;
    for (const value of proposals(parts, sampling, depth)) {
      if (++tries > MOST_TRIES || --sampling.left < 0) break;
      if (last !== undefined) given.add(JSON.stringify(last));
      last = undefined;
      if (given.size > 0 && given.has(JSON.stringify(value))) continue;
      if (!schemas.every((schema) => holds(schema, value, sampling))) continue;
      // most callers want one value only: it is written down when they ask for another
      yield value;
      last = value;
    }
    if (sampling.left < 0) return;
  }
}

function* proposals(
  parts: Parts,
  sampling: Sampling,
  depth: number,
): Generator<Json> {
  // What the author shows is what a sample should show; where chance rules, it is one value among others.
  const isShown = sampling.random === undefined || sampling.random() < 0.3;
  if (isShown) for (const part of parts) yield* part.examples;
  const valued = parts.find((part) => part.values !== undefined);
  if (valued?.values) {
    yield* inOrder(valued.values, sampling);
    return;
  }
  for (const part of parts) {
    const { default: fallback } = part;
    if (isShown && fallback !== undefined && typeof fallback !== "object") {
      yield fallback;
    }
  }
  for (const type of inOrder(typesOf(parts), sampling)) {
    let made = 0;
    for (const value of valuesOf(type, parts, sampling, depth)) {
      yield value;
      if (++made >= MOST_OF_TYPE) break;
    }
  }
}

/** Those that every part allows; the first part that names any gives the order. */
function typesOf(parts: Parts): JsonType[] {
  const said = parts.flatMap(({ types }) => (types ? [types] : []));
  const [first] = said;
  const base = first ?? guessed(parts);
  const fitting = base
    .flatMap((type) => narrowed(type, said))
    .filter((type, at, all) => all.indexOf(type) === at);
  const isNull = (type: JsonType): number => Number(type === "null");
  return fitting.sort((a, b) => isNull(a) - isNull(b));
}

/** `number` becomes `integer` where another part says so. */
function narrowed(
  type: JsonType,
  said: readonly (readonly JsonType[])[],
): JsonType[] {
  if (said.every((types) => types.includes(type))) return [type];
  const isWhole =
    type === "number" || type === "integer"
      ? said.every(
          (types) => types.includes("integer") || types.includes("number"),
        )
      : false;
  return isWhole ? ["integer"] : [];
}

/** Without a word on types: the one that the other keywords speak of comes first. */
function guessed(parts: Parts): JsonType[] {
  const speaks = (has: (part: Schema) => unknown): boolean =>
    parts.some((part) => has(part) !== undefined);
  const found: JsonType[] = [];
  if (speaks((part) => part.object ?? part.unevaluatedProperties)) {
    found.push("object");
  }
  if (speaks((part) => part.array ?? part.unevaluatedItems)) {
    found.push("array");
  }
  if (speaks((part) => part.string)) found.push("string");
  if (speaks((part) => part.number)) found.push("number");
  return [...found, ...ALL_TYPES.filter((type) => !found.includes(type))];
}

function* valuesOf(
  type: JsonType,
  parts: Parts,
  sampling: Sampling,
  depth: number,
): Generator<Json> {
  switch (type) {
    case "null":
      yield null;
      break;
    case "boolean":
      yield* inOrder([true, false], sampling);
      break;
    case "integer":
    case "number":
      yield* numbers(
        parts.flatMap((part) => part.number ?? []),
        type === "integer",
      );
      break;
    case "string":
      yield* texts(parts.flatMap((part) => part.string ?? []));
      break;
    case "array":
      yield* arrays(parts, sampling, depth, candidates);
      break;
    case "object":
      yield* objects(parts, sampling, depth, candidates);
      break;
  }
}

/** How the values of members and items are found. */
export type Candidates = typeof candidates;
