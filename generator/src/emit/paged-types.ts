/** Room `emit`: how pagination shows in the types of an operation. */
import type { Operation, PagedAnswer } from "../model/api.js";
import { type Code, name, ts } from "./code.js";
import { rtType } from "./runtime-symbols.js";
import { index, typeArgument } from "./syntax.js";

/** `page: PageInput`, where pagination is declared. */
export function pageMember(
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

/** The items, taken out of the type of the whole body. */
export function itemsType(body: Code, { items }: PagedAnswer): Code {
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
