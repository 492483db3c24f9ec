/** Room `model`: members that clients choose (`x-fields`), and what they want to have with them (`x-include`). */
import type { Json } from "../../load/document.js";
import type { Operation } from "../api.js";
import { member, textMember } from "../member.js";
import {
  declarationOf,
  listedOf,
  namesOf,
  queryParam,
  refusal,
  stranger,
} from "./listed.js";
import type { PolicyPlace } from "./policy-place.js";
import { fieldsOf, memberAt } from "./schema-fields.js";

export interface Fields {
  parameter: string;
  allowed: string[];
  default?: string[];
  status: number;
  at: string[];
}

export interface Include {
  parameter: string;
  allowed: string[];
  default: string[];
}

const FIELDS_HELP = "for example `{ allowed: [id, title, author.name] }`";
const INCLUDE_HELP = "for example `{ allowed: [author, reviews] }`";

export function buildFields(
  place: PolicyPlace,
  operation: Operation,
): Fields | undefined {
  const declared = declarationOf(place, "x-fields", FIELDS_HELP);
  if (declared === undefined) return undefined;
  const { extension, value } = declared;
  const refuse = refusal(place, extension);
  const { models } = place;
  const of = member(value, "of");
  const at = of === undefined ? undefined : placeOf(of);
  if (of !== undefined && at === undefined) {
    return refuse(
      "its `of` names no place in the answer",
      "for example `$response.body#/data`",
    );
  }
  const listed = listedOf(operation, models, at);
  if (listed === undefined || typeof listed.answer.status !== "number") {
    return refuse(
      "no JSON answer with one status of success has what is chosen from",
      "declare it, or name the place in `of`",
    );
  }
  const written = member(value, "allowed");
  const allowed =
    written === undefined
      ? [...fieldsOf(listed.schema, models).keys()]
      : namesOf(written);
  if (allowed === undefined || allowed.length === 0) {
    return refuse("its `allowed` is no list of names", FIELDS_HELP);
  }
  const unknown = allowed.find(
    (name) => memberAt(listed.schema, name.split("."), models) === undefined,
  );
  if (unknown !== undefined) {
    return refuse(
      `the answer has no member \`${unknown}\``,
      "only what is declared is ever written: correct the name, or declare the member",
    );
  }
  const parameter = textMember(value, "parameter") ?? "fields";
  if (queryParam(operation, parameter) === undefined) {
    return refuse(...undeclared(parameter));
  }
  const fields: Fields = {
    parameter,
    allowed,
    status: listed.answer.status,
    at: listed.at,
  };
  const standard = member(value, "default");
  if (standard === undefined) return fields;
  const names = namesOf(standard);
  if (names === undefined || stranger(names, allowed) !== undefined) {
    return refuse("its `default` is no list of allowed names", FIELDS_HELP);
  }
  return { ...fields, default: names };
}

export function buildInclude(
  place: PolicyPlace,
  operation: Operation,
): Include | undefined {
  const declared = declarationOf(place, "x-include", INCLUDE_HELP);
  if (declared === undefined) return undefined;
  const { extension, value } = declared;
  const refuse = refusal(place, extension);
  const allowed = namesOf(member(value, "allowed"));
  if (allowed === undefined || allowed.length === 0) {
    return refuse("its `allowed` is no list of names", INCLUDE_HELP);
  }
  const parameter = textMember(value, "parameter") ?? "include";
  if (queryParam(operation, parameter) === undefined) {
    return refuse(...undeclared(parameter));
  }
  const names = namesOf(member(value, "default") ?? []);
  if (names === undefined || stranger(names, allowed) !== undefined) {
    return refuse("its `default` is no list of allowed names", INCLUDE_HELP);
  }
  return { parameter, allowed, default: names };
}

function undeclared(parameter: string): [string, string] {
  return [
    `there is no query parameter \`${parameter}\``,
    `clients know only what is declared: add \`{ name: ${parameter}, in: query, schema: { type: string } }\`, or name yours in \`parameter\``,
  ];
}

/** `$response.body#/data/items`. */
function placeOf(value: Json): string[] | undefined {
  const [, path] =
    typeof value === "string"
      ? (/^(?:\$response\.body)?#?(\/.+)$/.exec(value) ?? [])
      : [];
  return path
    ?.split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}
