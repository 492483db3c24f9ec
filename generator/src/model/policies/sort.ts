/** Room `model`: the order of lists (`x-sort`). */
import type { JsonObject } from "../../load/document.js";
import type { Operation } from "../api.js";
import { member, textMember } from "../member.js";
import {
  boundOf,
  declarationOf,
  namesOf,
  queryParam,
  refusal,
  stranger,
} from "./listed.js";
import type { PolicyPlace } from "./policy-place.js";

export interface Sort {
  parameter: string;
  order?: string;
  allowed: string[];
  default: string[];
  max: number;
  tiebreaker?: string;
}

const MAX = 3;
const HELP =
  'for example `{ allowed: [createdAt, title], default: "-createdAt" }`';

export function buildSort(
  place: PolicyPlace,
  operation: Operation,
): Sort | undefined {
  const declared = declarationOf(place, "x-sort", HELP);
  if (declared === undefined) return undefined;
  const { extension, value } = declared;
  const refuse = refusal(place, extension);
  const allowed = namesOf(member(value, "allowed"));
  if (allowed === undefined || allowed.length === 0) {
    return refuse("its `allowed` is no list of names", HELP);
  }
  const parameter = textMember(value, "parameter") ?? "sort";
  if (queryParam(operation, parameter) === undefined) {
    return refuse(
      `there is no query parameter \`${parameter}\``,
      `clients know only what is declared: add \`{ name: ${parameter}, in: query, schema: { type: string } }\`, or name yours in \`parameter\``,
    );
  }
  const max = boundOf(value, "max", MAX);
  if (max === undefined) {
    return refuse("its `max` is no whole number from 1 on", HELP);
  }
  const keys = defaultKeys(value);
  if (keys === undefined) {
    return refuse("its `default` is neither a text nor a list", HELP);
  }
  const unknown = stranger(keys.map(bare), allowed);
  if (unknown !== undefined) {
    return refuse(`its \`default\` \`${unknown}\` is not allowed`, HELP);
  }
  const order = textMember(value, "order");
  if (order !== undefined && queryParam(operation, order) === undefined) {
    return refuse(
      `there is no query parameter \`${order}\``,
      "`order` names the parameter with `asc` or `desc`",
    );
  }
  const sort: Sort = { parameter, allowed, default: keys, max };
  // Without a word about it, the usual parameter is taken where it is declared.
  if (order !== undefined) sort.order = order;
  else if (queryParam(operation, "order") !== undefined) sort.order = "order";
  const tiebreaker = textMember(value, "tiebreaker");
  if (tiebreaker !== undefined) sort.tiebreaker = tiebreaker;
  return sort;
}

/** `direction: desc` beside the `default` is what others write for `-`. */
function defaultKeys(value: JsonObject): string[] | undefined {
  const written = member(value, "default");
  if (written === undefined) return [];
  const keys = namesOf(written);
  return textMember(value, "direction") === "desc"
    ? keys?.map((key) => (/^[-+]/.test(key) ? key : `-${key}`))
    : keys;
}

function bare(key: string): string {
  return key.replace(/^[-+]/, "");
}
