/** Room `model`: what the extensions for lists have in common: the items of an answer, parameters, lists of names. */
import type { ExtensionName } from "../../lint/vocabulary.js";
import type { Json, JsonObject } from "../../load/document.js";
import type { Answer, Operation, Param } from "../api.js";
import { isObject, member } from "../member.js";
import type { Model, ModelId, Schema } from "../schema.js";
import type { Extension, PolicyPlace } from "./policy-place.js";
import { fieldsOf, itemsOf, memberAt } from "./schema-fields.js";

type Models = ReadonlyMap<ModelId, Model>;

/** What is chosen from: the body, or the items in it. */
export interface Listed {
  answer: Answer;
  /** Members that lead to it. */
  at: string[];
  /** Of one item, or of the one object. */
  schema: Schema;
}

/** The one answer of success that is JSON and nothing else. */
export function successOf({ answers }: Operation): Answer | undefined {
  const found = answers.filter(
    ({ status, media }) =>
      typeof status === "number" &&
      status >= 200 &&
      status < 300 &&
      media.length === 1 &&
      media[0]?.codec === "json",
  );
  return found.length === 1 ? found[0] : undefined;
}

/** `at`: where the document says that the items are; else where a page has them, else the body. */
export function listedOf(
  operation: Operation,
  models: Models,
  at: string[] = operation.policies.pagination?.items ?? [],
): Listed | undefined {
  const answer = successOf(operation);
  const body = answer?.media[0]?.schema;
  const target = body && memberAt(body, at, models);
  if (answer === undefined || target === undefined) return undefined;
  return { answer, at, schema: itemsOf(target, models) ?? target };
}

/** A field of the items by its name, dots between members; also where the one list stands in an object around it. */
export function fieldSchema(
  { schema }: Listed,
  name: string,
  models: Models,
): Schema | undefined {
  const path = name.split(".");
  const own = memberAt(schema, path, models);
  if (own !== undefined) return own;
  const lists = [...fieldsOf(schema, models).values()].flatMap((field) => {
    const items = itemsOf(field.schema, models);
    return items && fieldsOf(items, models).size > 0 ? [items] : [];
  });
  const [only] = lists;
  return lists.length === 1 && only ? memberAt(only, path, models) : undefined;
}

export function queryParam(
  { params }: Operation,
  name: string,
): Param | undefined {
  return params.find((param) => param.in === "query" && param.name === name);
}

/** `true` and lists are short for `{ allowed }`; `undefined` without a declaration, and where it was refused. */
export function declarationOf(
  place: PolicyPlace,
  name: ExtensionName,
  help: string,
): { extension: Extension; value: JsonObject } | undefined {
  const extension = place.nearest(name);
  if (extension === undefined || extension.value === false) return undefined;
  const { value } = extension;
  if (value === true) return { extension, value: {} };
  if (Array.isArray(value)) return { extension, value: { allowed: value } };
  if (isObject(value)) return { extension, value };
  place.refuse(extension, "it is no object", help);
  return undefined;
}

/** Says nothing where it was inherited: then it is not meant for operations without such parameters. */
export function refusal(place: PolicyPlace, extension: Extension) {
  return (what: string, help: string): undefined => {
    if (extension.level === "operation") place.refuse(extension, what, help);
  };
}

/** `a,b`, `[a, b]`; `undefined` for anything else. */
export function namesOf(value: Json | undefined): string[] | undefined {
  if (typeof value === "string") {
    return value.split(",").map((name) => name.trim());
  }
  if (!Array.isArray(value)) return undefined;
  const names = value.filter((each) => typeof each === "string");
  return names.length === value.length ? [...new Set(names)] : undefined;
}

/** The first name that is not among the allowed ones. */
export function stranger(
  names: readonly string[],
  allowed: readonly string[],
): string | undefined {
  return names.find((name) => !allowed.includes(name));
}

/** A whole number from 1 on, `otherwise` where none is written, `undefined` for anything else. */
export function boundOf(
  value: JsonObject,
  name: string,
  otherwise: number,
): number | undefined {
  const bound = member(value, name);
  if (bound === undefined) return otherwise;
  return typeof bound === "number" && Number.isInteger(bound) && bound >= 1
    ? bound
    : undefined;
}
