/** Room `emit`: how policies show in the types of an operation. */
import type { Answer, Operation, PagedAnswer } from "../model/api.js";
import { type Code, name, ts } from "./code.js";
import { rtType } from "./runtime-symbols.js";
import { index, typeArgument, typeArguments } from "./syntax.js";

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
  return members;
}

/** Response headers, in lower case, that the runtime writes by itself. */
export function headersOfPolicies({ policies }: Operation): Set<string> {
  const own = new Set<string>();
  const { conditional, cacheHeaders, pagination, deprecation, links } =
    policies;
  if (conditional?.etag) own.add("etag");
  if (conditional?.lastModified) own.add("last-modified");
  if (cacheHeaders?.value !== undefined) own.add("cache-control");
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
