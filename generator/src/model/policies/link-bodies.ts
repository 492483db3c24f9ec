/** Room `model`: where a body has room for links: `_links` (HAL), or `links`. */
import type { Answer } from "../api.js";
import type { Model, ModelId, Schema } from "../schema.js";
import { fieldsOf, isOfType, schemasOf } from "./schema-fields.js";

export interface LinkBody {
  member: string;
  /** By relation: `{ href }` or the reference itself; or a list of `{ rel, href }`. */
  form: "objects" | "texts" | "list";
  /** The schema does not declare the member: it is put in after the body was written. */
  added?: true;
}

type Models = ReadonlyMap<ModelId, Model>;

/** `at` leads to the object; `*` stands for each item of a list. `isHal`: `_links` need not be declared. */
export function linkBody(
  schema: Schema,
  at: readonly string[],
  isHal: boolean,
  models: Models,
): LinkBody | undefined {
  const holder = schemaAt(schema, at, models);
  if (holder === undefined) return undefined;
  const fields = fieldsOf(holder, models);
  for (const member of ["_links", "links"]) {
    const field = fields.get(member);
    const form = field && formOf(field.schema, models);
    if (form !== undefined) return { member, form };
  }
  const isOpen =
    isOfType(holder, "object", models) &&
    !schemasOf(holder, models).some(
      ({ object }) => object?.rest?.never === true,
    );
  return isHal && isOpen
    ? { member: "_links", form: "objects", added: true }
    : undefined;
}

/** The handler cannot know the links: the type of its answer has none where the schema requires them. */
export function settleLinked(
  answer: Answer,
  { member, added }: LinkBody,
  schema: Schema,
  models: Models,
): void {
  if (added !== true && fieldsOf(schema, models).get(member)?.required) {
    answer.linked = member;
  }
}

function schemaAt(
  schema: Schema,
  at: readonly string[],
  models: Models,
): Schema | undefined {
  let here: Schema | undefined = schema;
  for (const name of at) {
    if (here === undefined) return undefined;
    here =
      name === "*"
        ? schemasOf(here, models).find(({ array }) => array?.items)?.array
            ?.items
        : fieldsOf(here, models).get(name)?.schema;
  }
  return here;
}

function formOf(schema: Schema, models: Models): LinkBody["form"] | undefined {
  if (isOfType(schema, "array", models)) {
    const item = schemaAt(schema, ["*"], models);
    const fields = item && fieldsOf(item, models);
    return fields?.has("rel") && fields.has("href") ? "list" : undefined;
  }
  if (!isOfType(schema, "object", models)) return undefined;
  const fields = [...fieldsOf(schema, models).values()];
  const rest = schemasOf(schema, models).find(({ object }) => object?.rest)
    ?.object?.rest;
  const sample = fields[0]?.schema ?? rest;
  if (sample === undefined) return undefined;
  return isOfType(sample, "string", models) ? "texts" : "objects";
}
