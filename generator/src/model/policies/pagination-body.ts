/** Room `model`: where the parts of a page stand in the body of an answer, by declaration or by their usual names. */
import type { Json } from "../../load/document.js";
import type { Field, Model, ModelId, Schema } from "../schema.js";
import type { PageOutput } from "./pagination-declaration.js";
import { fieldsOf, isOfType, settledValue } from "./schema-fields.js";

/** What the runtime knows of a page and can write into a body. */
export type PageFact =
  | "total"
  | "totalPages"
  | "page"
  | "limit"
  | "offset"
  | "count"
  | "hasMore"
  | "hasPrevious"
  | "nextCursor"
  | "nextPage"
  | "previousPage"
  | "selfUrl"
  | "firstUrl"
  | "previousUrl"
  | "nextUrl"
  | "lastUrl";

/** One member that the runtime writes. */
export interface PageMember {
  at: string[];
  fact: PageFact;
  /** What is written where the fact does not apply, such as the next page of the last one; nothing when absent. */
  otherwise?: Json;
}

export interface PageBody {
  items: { name: string; optional: boolean }[];
  members: PageMember[];
  /** Members with one possible value. */
  fixed: { at: string[]; value: Json }[];
  /** Required members that nobody would write. */
  unknown: string[][];
}

type Models = ReadonlyMap<ModelId, Model>;

/** Usual names, compared in lower case and without punctuation. */
const LISTS = [
  "items",
  "data",
  "results",
  "values",
  "value",
  "records",
  "entries",
  "content",
  "list",
  "rows",
];
const HOLDERS = /^(?:meta|metadata|pagination|page|paging|pageinfo|links)$/;
const FACTS: Record<PageFact, RegExp> = {
  total:
    /^(?:total|totalcount|totalitems|totalresults|totalelements|totalrecords|totalsize)$/,
  totalPages: /^(?:totalpages|pages|pagecount|numpages|lastpage)$/,
  page: /^(?:page|currentpage|pagenumber|pagenum|number)$/,
  limit: /^(?:limit|perpage|pagesize|size|itemsperpage)$/,
  offset: /^(?:offset|skip|start)$/,
  count: /^(?:count|returned|resultcount|itemcount)$/,
  hasMore: /^(?:hasmore|hasnext|hasnextpage|more)$/,
  hasPrevious: /^(?:hasprevious|haspreviouspage|hasprev|hasprevpage)$/,
  nextCursor: /^(?:nextcursor|nextpagetoken|nexttoken|endcursor|cursor|after)$/,
  nextPage: /^(?:nextpage)$/,
  previousPage: /^(?:previouspage|prevpage)$/,
  selfUrl: /^(?:self|selfurl|selflink)$/,
  firstUrl: /^(?:first|firsturl|firstlink|firstpageurl)$/,
  previousUrl:
    /^(?:prev|previous|prevurl|previousurl|prevlink|previouslink|prevpageurl)$/,
  nextUrl: /^(?:nexturl|nextlink|nextpageurl|next)$/,
  lastUrl: /^(?:last|lasturl|lastlink|lastpageurl)$/,
};

/** Undefined where the schema has no list that could hold the items. */
export function pageBodyOf(
  schema: Schema,
  outputs: Partial<Record<PageOutput, string[]>>,
  isCursor: boolean,
  models: Models,
): PageBody | undefined {
  const path = outputs.items ?? itemsPath(schema, models);
  if (path === undefined) return undefined;
  const items = resolve(schema, path, models);
  if (items === undefined) return undefined;
  const body: PageBody = { items, members: [], fixed: [], unknown: [] };
  const declared = declaredFacts(outputs);
  for (const [fact, at] of declared) {
    const steps = resolveFields(schema, at, models);
    const field = steps?.at(-1);
    if (!field) return undefined;
    body.members.push(memberOf(at, fact, field, models));
  }
  const taken = [path, ...declared.map(([, at]) => at)].map((at) =>
    JSON.stringify(at),
  );
  if (path.length > 0)
    collect(schema, [], path, new Set(taken), isCursor, body, models);
  return body;
}

function declaredFacts(
  outputs: Partial<Record<PageOutput, string[]>>,
): [PageFact, string[]][] {
  const facts: [PageFact, string[]][] = [];
  for (const name of [
    "total",
    "totalPages",
    "nextCursor",
    "nextUrl",
  ] as const) {
    const at = outputs[name];
    if (at !== undefined && at.length > 0) facts.push([name, at]);
  }
  return facts;
}

function itemsPath(schema: Schema, models: Models): string[] | undefined {
  if (isOfType(schema, "array", models)) return [];
  const lists = [...fieldsOf(schema, models).values()].filter((field) =>
    isOfType(field.schema, "array", models),
  );
  const [only] = lists;
  if (lists.length === 1 && only) return [only.name];
  const usual = LISTS.map((name) =>
    lists.find((field) => plain(field.name) === name),
  ).find((field) => field !== undefined);
  return usual && [usual.name];
}

function resolve(
  schema: Schema,
  path: readonly string[],
  models: Models,
): PageBody["items"] | undefined {
  const fields = resolveFields(schema, path, models);
  const last = fields?.at(-1);
  const target = path.length === 0 ? schema : last?.schema;
  if (!fields || !target || !isOfType(target, "array", models))
    return undefined;
  return fields.map(({ name, required }) => ({ name, optional: !required }));
}

function resolveFields(
  schema: Schema,
  path: readonly string[],
  models: Models,
): Field[] | undefined {
  const fields: Field[] = [];
  let at = schema;
  for (const name of path) {
    const field = fieldsOf(at, models).get(name);
    if (!field) return undefined;
    fields.push(field);
    at = field.schema;
  }
  return fields;
}

/** Walks the members of the body, and of the objects in which such facts usually stand. */
function collect(
  schema: Schema,
  base: readonly string[],
  items: readonly string[],
  taken: ReadonlySet<string>,
  isCursor: boolean,
  body: PageBody,
  models: Models,
): void {
  for (const field of fieldsOf(schema, models).values()) {
    const at = [...base, field.name];
    if (taken.has(JSON.stringify(at))) continue;
    const leads = at.every((name, index) => items[index] === name);
    const holder = HOLDERS.test(plain(field.name)) && at.length < 3;
    if (isOfType(field.schema, "object", models) && (leads || holder)) {
      collect(field.schema, at, items, taken, isCursor, body, models);
      continue;
    }
    const fact = factOf(field, isCursor, models);
    const value = settledValue(field.schema, models);
    if (fact !== undefined)
      body.members.push(memberOf(at, fact, field, models));
    else if (value !== undefined && field.required)
      body.fixed.push({ at, value });
    else if (isOfType(field.schema, "null", models) && field.required) {
      body.fixed.push({ at, value: null });
    } else if (field.required) body.unknown.push(at);
  }
}

function factOf(
  { name, schema }: Field,
  isCursor: boolean,
  models: Models,
): PageFact | undefined {
  const word = plain(name);
  const isText = isOfType(schema, "string", models);
  const isNumber =
    isOfType(schema, "integer", models) || isOfType(schema, "number", models);
  const isFlag = isOfType(schema, "boolean", models);
  const found = (Object.keys(FACTS) as PageFact[]).find((fact) =>
    FACTS[fact].test(word),
  );
  switch (found) {
    case "hasMore":
    case "hasPrevious":
      return isFlag ? found : undefined;
    case "nextCursor":
      return isText && isCursor ? found : undefined;
    case "nextUrl": {
      if (!isText) return isNumber && word === "next" ? "nextPage" : undefined;
      // `next` alone is a cursor in a list of cursors, unless it is declared to be an address.
      const format = schema.string?.format ?? "";
      return isCursor && word === "next" && !/^(?:uri|iri)/.test(format)
        ? "nextCursor"
        : found;
    }
    case "selfUrl":
    case "firstUrl":
    case "previousUrl":
    case "lastUrl":
      return isText ? found : undefined;
    default:
      return isNumber ? found : undefined;
  }
}

function memberOf(
  at: string[],
  fact: PageFact,
  { schema, required }: Field,
  models: Models,
): PageMember {
  if (isOfType(schema, "null", models)) return { at, fact, otherwise: null };
  return required && isOfType(schema, "string", models)
    ? { at, fact, otherwise: "" }
    : { at, fact };
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z]/g, "");
}
