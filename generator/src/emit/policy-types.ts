/** Room `emit`: how policies show in the types of an operation. */
import type { Answer, Operation, PagedAnswer } from "../model/api.js";
import { type Code, name, ts } from "./code.js";
import { rtType } from "./runtime-symbols.js";
import {
  index,
  objectType,
  propertyKey,
  typeArgument,
  typeArguments,
  unionArgument,
} from "./syntax.js";

type Filter = NonNullable<Operation["policies"]["filter"]>;

/** `page: PageInput`, where pagination is declared. */
function pageMember(
  { policies }: Operation,
  constant: string,
): Code | undefined {
  switch (policies.pagination?.style) {
    case "page":
      return ts`page: ${rtType.PageInput}`;
    case "offset":
      return ts`page: ${rtType.OffsetInput}`;
    case "cursor":
      return ts`page: ${rtType.CursorInput}<${constant}>`;
    default:
      return undefined;
  }
}

/** What policies give to the handler beside the request itself. */
export function policyMembers(operation: Operation, constant: string): Code[] {
  const { policies } = operation;
  const members: Code[] = [];
  const page = pageMember(operation, constant);
  if (page) members.push(page);
  if (policies.conditional?.writes) {
    members.push(ts`preconditions: ${rtType.Preconditions}`);
  }
  if (policies.caching ?? policies.invalidation) {
    members.push(ts`cache: ${rtType.CacheInput}`);
  }
  members.push(...queryMembers(operation));
  return members;
}

/** What clients ask of lists, in the types of the fields themselves. */
function queryMembers({ policies }: Operation): Code[] {
  const members: Code[] = [];
  const { filter, sort, fields, include } = policies;
  if (filter) members.push(ts`filter: ${filterType(filter)}`);
  if (sort) {
    const { allowed, tiebreaker } = sort;
    const keys = new Set(allowed);
    if (tiebreaker !== undefined) keys.add(tiebreaker.replace(/^[-+]/, ""));
    members.push(ts`sort: ${namesType(rtType.Sort, [...keys])}`);
  }
  if (fields) {
    const names = namesType(rtType.Names, fields.allowed);
    members.push(fields.default ? ts`fields: ${names}` : ts`fields?: ${names}`);
  }
  if (include) {
    members.push(ts`include: ${namesType(rtType.Names, include.allowed)}`);
  }
  return members;
}

function namesType(type: Code, names: readonly string[]): Code {
  return typeArgument(type, unionArgument(names.map((each) => ts`${each}`)));
}

/** `Filter<{ status: FilterBy<"eq", string> }>` */
function filterType({ syntax, fields }: Filter): Code {
  const type = syntax === "rsql" ? rtType.FilterTree : rtType.Filter;
  const members = fields.map((field) => {
    const operators = field.operators.map((each) => ts`${each}`);
    const value = typeArguments(rtType.FilterBy, [
      unionArgument(operators),
      valueType(field),
    ]);
    return ts`${propertyKey(field.name)}: ${value}`;
  });
  return ts`${type}<${objectType(members)}>`;
}

function valueType({ type, values }: Filter["fields"][number]): Code {
  if (values) return unionArgument(values.map((each) => ts`${each}`));
  if (type === "string") return ts`string`;
  return type === "boolean" ? ts`boolean` : ts`number`;
}

/** Whoever may choose members gets no more than those: the handler may leave out the others. */
export function sparseType(
  body: Code,
  { status }: Answer,
  { policies: { fields, pagination } }: Operation,
): Code {
  const isWhole = pagination !== undefined || fields?.at.length === 0;
  return fields?.status === status && isWhole
    ? typeArgument(rtType.Sparse, body)
    : body;
}

/** Response headers, in lower case, that the runtime writes by itself. */
export function headersOfPolicies({ policies }: Operation): Set<string> {
  const own = new Set<string>();
  const { conditional, cacheHeaders, pagination, deprecation, links } =
    policies;
  if (conditional?.etag) own.add("etag");
  if (conditional?.lastModified) own.add("last-modified");
  if (cacheHeaders?.value !== undefined) own.add("cache-control");
  if (cacheHeaders?.cdn !== undefined) own.add("cdn-cache-control");
  if (pagination?.link ?? links?.header) own.add("link");
  if (deprecation?.since !== undefined) own.add("deprecation");
  if (deprecation?.sunset !== undefined) own.add("sunset");
  return own;
}

/** What is left for the handler to give, of the type of the whole body. */
export function bodyOfHandler(
  whole: Code,
  { paged, linked }: Pick<Answer, "paged" | "linked">,
): Code {
  if (paged) return itemsType(whole, paged);
  return linked === undefined
    ? whole
    : typeArguments(name("Omit"), [whole, ts`${linked}`]);
}

/** The items, taken out of the type of the whole body. */
function itemsType(body: Code, { items }: PagedAnswer): Code {
  let type = body;
  for (const { name: member, optional } of items) {
    const inside = index(type, member);
    type = optional ? typeArgument(name("NonNullable"), inside) : inside;
  }
  return type;
}

/** `total` and `next` beside the items. */
export function pagingMembers(
  { total, next }: PagedAnswer,
  constant: string,
): Code[] {
  const members: Code[] = [];
  if (total === "required") members.push(ts`total: number`);
  if (total === "optional") members.push(ts`total?: number | undefined`);
  if (next === "cursor") {
    members.push(ts`next?: ${rtType.CursorOf}<${constant}> | undefined`);
  }
  if (next === "more") members.push(ts`next?: boolean | undefined`);
  return members;
}
