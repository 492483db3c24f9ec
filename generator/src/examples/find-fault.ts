/** Room `examples`: the first place at which a value is not what its schema allows, and what it should be there. */
import { isEqual, isRecord, isUnique } from "@kontract/runtime/codegen1";
import type { Json } from "../load/document.js";
import type {
  ArrayFacet,
  NumberFacet,
  ObjectFacet,
  Schema,
  StringFacet,
  Union,
} from "../model/schema.js";
import { hasFormat } from "../sample/formats.js";
import {
  hasType,
  holds,
  isNumber,
  matches,
  schemasByName,
} from "../sample/holds.js";
import { isForeign, type Sampling } from "../sample/sampling.js";

export interface Fault {
  /** From the value to the place. */
  path: (string | number)[];
  /** What it is or lacks, as the rest of a sentence. */
  what: string;
}

type Known = Pick<Sampling, "model" | "direction">;

/** Deeper places are told by what leads there. */
const DEEPEST = 64;

/** For a value that does not hold. */
export function findFault(
  schema: Schema,
  value: Json,
  known: Known,
  depth = 0,
): Fault {
  const here = (what: string): Fault => ({ path: [], what });
  if (depth > DEEPEST) return here("is not what its schema allows");
  const fails = (part: Schema | undefined, each: Json = value) =>
    part !== undefined && !holds(part, each, known);
  const into = (part: Schema, each: Json, key: string | number): Fault => {
    const { path, what } = findFault(part, each, known, depth + 1);
    return { path: [key, ...path], what };
  };
  const same = (part: Schema): Fault =>
    findFault(part, value, known, depth + 1);

  if (schema.never) return here("is not allowed");
  if (!hasType(schema.types, value)) {
    return here(`is not of the type ${listed(schema.types ?? [])}`);
  }
  const parts = [...schema.refs.map((id) => known.model(id)), ...schema.all];
  for (const part of parts) if (fails(part)) return same(part);
  if (schema.values && !schema.values.some((each) => isEqual(each, value))) {
    return here("is none of the values that are allowed");
  }
  const own = ownFault(schema, value, known);
  if (typeof own === "string") return here(own);
  if (own !== undefined) return into(own.schema, own.value, own.key);
  for (const union of schema.unions) {
    const branches = union.of.filter((each) => !fails(each));
    if (union.mode === "any" && branches.length > 0) continue;
    if (branches.length > 1) {
      return here(`fits ${branches.length} schemas of \`oneOf\``);
    }
    const chosen = branchOf(union, value);
    if (chosen !== undefined && fails(chosen)) return same(chosen);
    if (branches.length === 0) {
      return here(`fits no schema of \`${union.mode}Of\``);
    }
  }
  if (schema.not && !fails(schema.not)) return here("is what `not` excludes");
  const { condition } = schema;
  const then =
    condition && (fails(condition.test) ? condition.no : condition.yes);
  if (then && fails(then)) return same(then);
  return here("has more than its schema allows");
}

interface Below {
  schema: Schema;
  value: Json;
  key: string | number;
}

function ownFault(
  { string, number, array, object }: Schema,
  value: Json,
  known: Known,
): string | Below | undefined {
  if (typeof value === "string") return string && textFault(string, value);
  if (typeof value === "number") return number && numberFault(number, value);
  if (Array.isArray(value)) return array && listFault(array, value, known);
  return object && isRecord(value)
    ? objectFault(object, value as { [name: string]: Json }, known)
    : undefined;
}

function textFault(facet: StringFacet, value: string): string | undefined {
  const { min, max, patterns, format } = facet;
  const { length } = [...value];
  if (min !== undefined && length < min) return `is shorter than ${min}`;
  if (max !== undefined && length > max) return `is longer than ${max}`;
  if (format !== undefined && !hasFormat(format, value)) {
    return `does not have the format \`${format}\``;
  }
  const isOther = !patterns.every((each) => matches(each, value));
  return isOther ? "does not match the pattern" : undefined;
}

function numberFault(facet: NumberFacet, value: number): string | undefined {
  const { min, max, exclusiveMin, exclusiveMax, format } = facet;
  if (min !== undefined && value < min) return `is less than ${min}`;
  if (max !== undefined && value > max) return `is greater than ${max}`;
  if (exclusiveMin !== undefined && value <= exclusiveMin) {
    return `is not greater than ${exclusiveMin}`;
  }
  if (exclusiveMax !== undefined && value >= exclusiveMax) {
    return `is not less than ${exclusiveMax}`;
  }
  if (isNumber(facet, value)) return undefined;
  return facet.multipleOf
    ? `is no multiple of ${facet.multipleOf.join(" and ")}`
    : `does not have the format \`${format ?? ""}\``;
}

function listFault(
  facet: ArrayFacet,
  value: Json[],
  known: Known,
): string | Below | undefined {
  const { min, max, prefix, items, unique, contains } = facet;
  if (min !== undefined && value.length < min) {
    return `has fewer items than ${min}`;
  }
  if (max !== undefined && value.length > max) {
    return `has more items than ${max}`;
  }
  for (const [key, item] of value.entries()) {
    const schema = key < prefix.length ? prefix[key] : items;
    if (schema && !holds(schema, item, known)) {
      return { schema, value: item, key };
    }
  }
  if (unique && !isUnique(value)) return "has an item twice";
  if (contains === undefined) return undefined;
  const count = value.filter((item) => holds(contains.schema, item, known));
  const isFine =
    count.length >= contains.min && count.length <= (contains.max ?? Infinity);
  return isFine ? undefined : "does not have the items of `contains`";
}

function objectFault(
  facet: ObjectFacet,
  value: { [name: string]: Json },
  known: Known,
): string | Below | undefined {
  const { min, max, patterns, rest, names } = facet;
  const own = Object.keys(value);
  const schemas = schemasByName(facet);
  for (const name of facet.required) {
    const schema = schemas.get(name);
    if (Object.hasOwn(value, name)) continue;
    if (!(schema && isForeign(schema, known))) return `lacks \`${name}\``;
  }
  for (const [key, each] of Object.entries(value)) {
    const said = patterns
      .filter(({ pattern }) => matches(pattern, key))
      .map(({ schema }) => schema);
    const declared = schemas.get(key);
    if (declared) said.push(declared);
    const isExtra = said.length === 0 && rest !== undefined;
    if (isExtra && rest.never) return `has \`${key}\`, which is not declared`;
    if (isExtra) said.push(rest);
    const schema = said.find((one) => !holds(one, each, known));
    if (schema) return { schema, value: each, key };
    if (names && !holds(names, key, known)) {
      return `has the name \`${key}\`, which is not allowed`;
    }
  }
  if (min !== undefined && own.length < min) {
    return `has fewer members than ${min}`;
  }
  if (max !== undefined && own.length > max) {
    return `has more members than ${max}`;
  }
  for (const { name, required } of facet.dependentRequired) {
    if (!Object.hasOwn(value, name)) continue;
    const missing = required.find((each) => !Object.hasOwn(value, each));
    if (missing !== undefined) return `lacks \`${missing}\` beside \`${name}\``;
  }
  const dependent = facet.dependentSchemas.find(
    ({ name, schema }) =>
      Object.hasOwn(value, name) && !holds(schema, value, known),
  );
  return dependent
    ? `is not what its member \`${dependent.name}\` asks for`
    : undefined;
}

/** The branch that was meant: by its tag, or because there is no other but null. */
function branchOf({ of, tag }: Union, value: Json): Schema | undefined {
  if (tag && isRecord(value)) {
    const text = value[tag.property];
    const named = tag.branches.find((each) => each.value === text);
    const index = named?.branch ?? tag.otherwise;
    return index === undefined ? undefined : of[index];
  }
  const others = of.filter(
    ({ types }) => !(types?.length === 1 && types[0] === "null"),
  );
  return others.length === 1 ? others[0] : undefined;
}

function listed(types: readonly string[]): string {
  return types.map((type) => `\`${type}\``).join(" or ");
}
