/** Random edits of random schemas: a value that was allowed and is no more has to be told of as breaking. */
import { afterAll, describe, expect, it } from "vitest";
import type { Change } from "../../../generator/src/diff/change.js";
import type { Json, JsonObject } from "../../../generator/src/load/document.js";
import { isObject } from "../../differential/any-value.js";
import { mutated } from "../../differential/mutate.js";
import {
  randomSchemas,
  randomValue,
} from "../../differential/random-schema.js";
import { isValid } from "../../differential/reference.js";
import { schemaValue } from "../../differential/schema-values.js";
import { type Random, seededRandom } from "../../random.js";
import { changesBetween, requestOf, responseOf } from "./compare.js";

const SEEDS = 12;
const EDITS = 40;
const VALUES = 120;

/** Another schema in the place of a random one, or a keyword more or less. */
function edited(schemas: JsonObject, random: Random): JsonObject {
  const copy = structuredClone(schemas);
  const places: JsonObject[] = [];
  const visit = (value: Json): void => {
    if (Array.isArray(value)) for (const each of value) visit(each);
    if (!isObject(value)) return;
    places.push(value);
    for (const each of Object.values(value)) visit(each);
  };
  const root = copy["S0"];
  visit(root ?? null);
  const place = places.length > 0 ? random.pick(places) : undefined;
  const [donor] = Object.values(randomSchemas(random, 1));
  if (!place || random.chance(0.1)) copy["S0"] = donor ?? true;
  else if (random.chance(0.5) && Object.keys(place).length > 0) {
    delete place[random.pick(Object.keys(place))];
  } else if (isObject(donor)) {
    const [name, value] = random.pick(Object.entries(donor));
    if (isSchema(place)) place[name] = value;
  }
  return copy;
}

const KEYWORD =
  /^(?:type|enum|const|properties|items|anyOf|oneOf|allOf|not|if|min|max|required|pattern|\$ref)/;

/** Not the map of `properties`, whose members are names. */
function isSchema(place: JsonObject): boolean {
  return Object.keys(place).some((name) => KEYWORD.test(name));
}

/** Whether a client that sends only what is declared would send the value. */
function isDeclared(
  schemas: readonly Json[],
  value: Json,
  all: JsonObject,
): boolean {
  const applying = inPlace(schemas, value, all);
  if (Array.isArray(value)) {
    return value.every((item, index) =>
      isDeclared(itemSchemas(applying, index), item, all),
    );
  }
  if (!isObject(value)) return true;
  return Object.entries(value).every(([name, member]) => {
    const found = applying.flatMap((each) => memberSchemas(each, name));
    return found.length > 0 && isDeclared(found, member, all);
  });
}

/** All schemas that hold for the value itself. */
function inPlace(
  schemas: readonly Json[],
  value: Json,
  all: JsonObject,
): JsonObject[] {
  const seen = new Set<JsonObject>();
  const pending = [...schemas];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (!isObject(next) || seen.has(next)) continue;
    seen.add(next);
    const { $ref, allOf, anyOf, oneOf } = next;
    if (typeof $ref === "string")
      pending.push(all[$ref.slice($ref.lastIndexOf("/") + 1)] ?? true);
    if (Array.isArray(allOf)) pending.push(...allOf);
    for (const union of [anyOf, oneOf]) {
      if (Array.isArray(union))
        pending.push(...union.filter((each) => isValid(each, value, all)));
    }
    const test = next["if"];
    if (test !== undefined) {
      const holds = isValid(test, value, all);
      if (holds) pending.push(test);
      pending.push(next[holds ? "then" : "else"] ?? true);
    }
    const dependent = next["dependentSchemas"];
    if (isObject(dependent) && isObject(value)) {
      for (const [name, each] of Object.entries(dependent))
        if (name in value) pending.push(each);
    }
  }
  return [...seen];
}

function itemSchemas(schemas: readonly JsonObject[], index: number): Json[] {
  return schemas.flatMap(
    ({ prefixItems, items, unevaluatedItems, contains }) => {
      const prefix = Array.isArray(prefixItems)
        ? prefixItems[index]
        : undefined;
      return [prefix ?? items, unevaluatedItems, contains].filter(
        (each) => each !== undefined,
      );
    },
  );
}

function memberSchemas(schema: JsonObject, name: string): Json[] {
  const {
    properties,
    patternProperties,
    additionalProperties,
    unevaluatedProperties,
  } = schema;
  const found: Json[] = [];
  if (isObject(properties) && properties[name] !== undefined)
    found.push(properties[name]);
  if (isObject(patternProperties)) {
    for (const [pattern, each] of Object.entries(patternProperties)) {
      if (new RegExp(pattern, "u").test(name)) found.push(each);
    }
  }
  if (found.length === 0) {
    for (const each of [additionalProperties, unevaluatedProperties])
      if (each !== undefined && each !== false) found.push(each);
  }
  return found;
}

function valueFor(schemas: JsonObject, random: Random): Json {
  if (random.chance(0.4)) return randomValue(random);
  const value = schemaValue(schemas["S0"], {
    components: schemas,
    random,
    careful: true,
  });
  return random.chance(0.5) ? mutated(value, random) : value;
}

const REF = { $ref: "#/components/schemas/S0" };
let refused = 0;
let quiet = 0;

async function breaks(changes: Promise<Change[]>): Promise<boolean> {
  return (await changes).some(({ severity }) => severity === "breaking");
}

describe("a random edit of a random schema", () => {
  it.each(Array.from({ length: SEEDS }, (_, index) => index + 1))(
    "seed %d",
    async (seed) => {
      const random = seededRandom(seed * 104_729);
      const missed: string[] = [];
      for (let round = 0; round < EDITS; round++) {
        const before = randomSchemas(random, 3);
        const after = edited(before, random);
        const values = Array.from({ length: VALUES }, () =>
          valueFor(random.chance(0.5) ? before : after, random),
        );
        const sent = values.find(
          (each) =>
            isValid(REF, each, before) &&
            !isValid(REF, each, after) &&
            isDeclared([REF], each, before),
        );
        const request = await breaks(
          changesBetween(requestOf(REF, before), requestOf(REF, after)),
        );
        if (!request) quiet++;
        if (sent !== undefined) {
          refused++;
          if (!request)
            missed.push(
              `request ${JSON.stringify({ value: sent, before, after })}`,
            );
        }
        // What narrows one way widens the other.
        const response = await breaks(
          changesBetween(responseOf(REF, after), responseOf(REF, before)),
        );
        if (sent !== undefined && isDeclared([REF], sent, after) && !response) {
          missed.push(
            `response ${JSON.stringify({ value: sent, before: after, after: before })}`,
          );
        }
      }
      expect(missed).toEqual([]);
    },
  );

  it("refuses what was allowed often enough, and is quiet often enough, to mean something", () => {
    expect(refused).toBeGreaterThan(SEEDS * 3);
    expect(quiet).toBeGreaterThan(SEEDS * 3);
  });

  afterAll(() => {
    process.stdout.write(
      `random edits: ${SEEDS * EDITS}, ${refused} refuse a value, ${quiet} break nothing\n`,
    );
  });
});
