/** Room `model`: lists that clients filter (`x-filter`): fields, operators, and the parameters that say them. */
import type { Json } from "../../load/document.js";
import type { Operation, Param } from "../api.js";
import { isObject, member, textMember } from "../member.js";
import type { ObjectFacet, Schema } from "../schema.js";
import {
  boundOf,
  declarationOf,
  fieldSchema,
  listedOf,
  namesOf,
  queryParam,
  refusal,
} from "./listed.js";
import type { PolicyPlace } from "./policy-place.js";
import { type ScalarFacts, scalarFacts } from "./scalar-facts.js";
import { fieldsOf, isOfType } from "./schema-fields.js";

const OPERATORS = [
  "eq",
  "ne",
  "gt",
  "gte",
  "lt",
  "lte",
  "in",
  "nin",
  "contains",
  "startsWith",
  "null",
] as const;
const SYNTAXES = ["brackets", "jsonapi", "rsql"] as const;

export type FilterOperator = (typeof OPERATORS)[number];

export interface Filter {
  syntax: (typeof SYNTAXES)[number];
  parameter?: string;
  members: { parameter: string; field: string; operator?: FilterOperator }[];
  fields: ({ name: string; operators: FilterOperator[] } & ScalarFacts)[];
  max: number;
  depth: number;
}

const MAX = 20;
const DEPTH = 5;
const HELP =
  "for example `{ allowed: { status: [eq, in], createdAt: [gte, lt] } }`";

export function buildFilter(
  place: PolicyPlace,
  operation: Operation,
): Filter | undefined {
  const declared = declarationOf(place, "x-filter", HELP);
  if (declared === undefined) return undefined;
  const { extension, value } = declared;
  const refuse = refusal(place, extension);
  const allowed = allowedOf(member(value, "allowed"));
  if (typeof allowed === "string") return refuse(allowed, HELP);
  const written = member(value, "syntax") ?? "brackets";
  const syntax = SYNTAXES.find((each) => each === written);
  if (syntax === undefined) {
    return refuse("its `syntax` is none of brackets, jsonapi and rsql", HELP);
  }
  const max = boundOf(value, "max", MAX);
  const depth = boundOf(value, "depth", DEPTH);
  if (max === undefined || depth === undefined) {
    return refuse("its `max` or `depth` is no whole number from 1 on", HELP);
  }
  const listed = listedOf(operation, place.models);
  const fields = allowed.map(({ name, operators }) => {
    const schema = listed && fieldSchema(listed, name, place.models);
    const facts: ScalarFacts = schema
      ? scalarFacts(schema, place.models)
      : { type: "string" };
    return { name, operators, ...facts };
  });
  const parameter = textMember(value, "parameter") ?? "filter";
  const whole = queryParam(operation, parameter);
  if (syntax === "rsql") {
    if (whole === undefined || whole.style === "deepObject") {
      return refuse(
        `no query parameter \`${parameter}\` has the expression`,
        `add \`{ name: ${parameter}, in: query, schema: { type: string } }\`, or name yours in \`parameter\``,
      );
    }
    return { syntax, parameter, members: [], fields, max, depth };
  }
  const members = membersOf(operation, allowed);
  const isDeep = whole?.style === "deepObject";
  const taken = isDeep ? takenBy(whole, place) : [];
  const missing = allowed.find(
    ({ name }) =>
      !members.some(({ field }) => field === name) &&
      taken !== "all" &&
      !taken.includes(name.split(".")[0] ?? ""),
  );
  if (missing !== undefined) {
    return refuse(
      `no query parameter says \`${missing.name}\``,
      `declare \`{ name: ${parameter}, in: query, style: deepObject, schema: { type: object, additionalProperties: true } }\`, or a parameter \`${missing.name}\``,
    );
  }
  if (isDeep && taken === "all") {
    open(whole, Math.max(...allowed.map(({ name }) => name.split(".").length)));
  }
  for (const { parameter: own } of members) {
    const param = queryParam(operation, own);
    if (param?.style === "deepObject" && takenBy(param, place) === "all") {
      open(param, 0);
    }
  }
  const filter: Filter = { syntax, members, fields, max, depth };
  return isDeep ? { ...filter, parameter } : filter;
}

/** What is wrong with it, or the fields with their operators. */
function allowedOf(
  value: Json | undefined,
): Pick<Filter["fields"][number], "name" | "operators">[] | string {
  const listed = Array.isArray(value) ? namesOf(value) : undefined;
  const entries: [string, Json][] =
    listed !== undefined
      ? listed.map((name) => [name, ["eq"]])
      : isObject(value)
        ? Object.entries(value)
        : [];
  if (entries.length === 0) return "its `allowed` names no field";
  const allowed: Pick<Filter["fields"][number], "name" | "operators">[] = [];
  for (const [name, written] of entries) {
    // `[eq, null]` in YAML has no text behind its comma.
    const texts = Array.isArray(written)
      ? written.map((each) => each ?? "null")
      : written;
    const names = namesOf(texts) ?? [];
    const operators = OPERATORS.filter((each) => names.includes(each));
    if (operators.length < names.length || operators.length === 0) {
      return `the operators of \`${name}\` are none of ${OPERATORS.join(", ")}`;
    }
    allowed.push({ name, operators });
  }
  return allowed;
}

/** Parameters for one field each: `status`, `createdAt[gte]`, and the same in brackets: `filter[status]`. */
function membersOf(
  { params }: Operation,
  allowed: readonly Pick<Filter["fields"][number], "name" | "operators">[],
): Filter["members"] {
  return params.flatMap((param) => {
    if (param.in !== "query") return [];
    const { name: parameter } = param;
    for (const { name, operators } of allowed) {
      if (parameter === name || parameter === `filter[${name}]`) {
        return [{ parameter, field: name }];
      }
      const operator = operators.find((each) =>
        [`${name}[${each}]`, `filter[${name}][${each}]`].includes(parameter),
      );
      if (operator) return [{ parameter, field: name, operator }];
    }
    return [];
  });
}

/** The members of an object parameter; `all` where its schema names none. */
function takenBy({ schema }: Param, { models }: PolicyPlace): string[] | "all" {
  const names = [...fieldsOf(schema, models).keys()];
  if (names.length > 0) return names;
  return isOfType(schema, "object", models) ? "all" : [];
}

/**
 * An object of which nothing is said holds texts, lists of texts, and objects by operator. The reader takes what a
 * schema declares, so that is written there. `depth`: members of members, `author.name`, and the operator.
 */
function open(param: Param, depth: number): void {
  const { schema } = param;
  const bare = (extra: Partial<Schema>): Schema => ({
    origin: schema.origin,
    doc: {},
    refs: [],
    all: [],
    unions: [],
    examples: [],
    ...extra,
  });
  const text = bare({ types: ["string"] });
  const texts = bare({
    types: ["string", "array"],
    array: { prefix: [], items: text },
  });
  const object = (rest: Schema): ObjectFacet => ({
    fields: [],
    required: [],
    patterns: [],
    dependentRequired: [],
    dependentSchemas: [],
    rest,
  });
  let level = texts;
  for (let at = 0; at < depth; at++) {
    level = bare({
      types: ["string", "array", "object"],
      array: { prefix: [], items: text },
      object: object(level),
    });
  }
  param.schema = {
    ...bare({ types: ["object"], object: object(level) }),
    doc: schema.doc,
    examples: schema.examples,
  };
}
