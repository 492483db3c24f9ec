/** Room `emit`: the projection of operations and models from which openapi-typescript prints their types. */
import type { Json, JsonObject } from "../load/document.js";
import type { Answer, Media, Operation, Param } from "../model/api.js";
import type { Model, ModelId } from "../model/schema.js";
import type { Layout } from "../name/layout.js";
import { planBody } from "./body-plan.js";
import { isItemStream } from "./item-stream.js";
import { effectiveDefault } from "./check/effects.js";
import type { PrintedOperation } from "./contract-printer.js";
import {
  type Direction,
  record,
  type TypeScope,
  typeSchema,
} from "./contract-schema.js";
import { knotOf } from "./knots.js";

/** The keys under which model types stand in `components["schemas"]`. */
export type ContractKeys = (id: ModelId, direction: Direction) => string;

/** Component names as the document writes them; for all other types the identifiers that the layout gave. */
export function contractKeys(layout: Layout): ContractKeys {
  const outputs = new Map<ModelId, string>();
  const inputs = new Map<ModelId, string>();
  const taken = new Set<string>();
  const models = [...layout.api.models.values()];
  const claim = (wanted: string) => {
    let key = wanted;
    while (taken.has(key)) key += "_";
    taken.add(key);
    return key;
  };
  for (const model of models) {
    if (model.component) outputs.set(model.id, claim(model.title));
  }
  for (const model of models) {
    const names = layout.model(model.id);
    if (!model.component) outputs.set(model.id, claim(names.type));
    if (model.split) inputs.set(model.id, claim(names.input));
  }
  return (id, direction) => {
    const key =
      (direction === "input" ? inputs.get(id) : undefined) ?? outputs.get(id);
    if (key === undefined) throw new Error(`no model ${id}`);
    return key;
  };
}

export function projectOperations(
  scope: TypeScope,
  layout: Layout,
  operations: readonly Operation[],
): PrintedOperation[] {
  return operations.map((operation) => ({
    key: layout.operation(operation).constant,
    method: operation.method,
    ...(operation.sent ? {} : { path: operation.path }),
    projected: projectOperation(scope, operation),
  }));
}

export function projectModels(
  scope: TypeScope,
  models: readonly Model[],
): JsonObject {
  const schemas: [string, Json][] = [];
  for (const model of models) {
    const own = model.recursive
      ? { ...scope, knot: knotOf(scope, model.id) }
      : scope;
    const output = typeSchema(own, model.schema, "output");
    schemas.push([scope.keyOf(model.id, "output"), output]);
    if (model.split) {
      const input = typeSchema(own, model.schema, "input");
      schemas.push([scope.keyOf(model.id, "input"), input]);
    }
  }
  return record(schemas);
}

function projectOperation(scope: TypeScope, operation: Operation): JsonObject {
  const out: JsonObject = {
    parameters: operation.params.map((param) => projectParam(scope, param)),
    responses: record(
      operation.answers.map((answer) => [
        String(answer.status),
        projectAnswer(scope, answer),
      ]),
    ),
  };
  if (operation.body) {
    out["requestBody"] = {
      required: operation.body.required,
      content: record(
        operation.body.media.map((each) => {
          const { type } = planBody(scope, each);
          return [
            each.type,
            { schema: typeSchema(scope, type, bodyDirection(operation)) },
          ];
        }),
      ),
    };
  }
  return out;
}

/** A body that the service sends is one of its own: read-only members belong to it. */
function bodyDirection({ sent }: Operation): Direction {
  return sent ? "output" : "input";
}

function projectParam(scope: TypeScope, param: Param): JsonObject {
  const filled = effectiveDefault(scope, param.schema) !== undefined;
  const out: JsonObject = {
    name: param.in === "header" ? param.name.toLowerCase() : param.name,
    in: param.in === "querystring" ? "query" : param.in,
    required: param.required || filled,
    schema: typeSchema(scope, param.schema, "input"),
  };
  if (param.doc.description) out["description"] = param.doc.description;
  if (param.doc.deprecated) out["deprecated"] = true;
  return out;
}

function projectAnswer(scope: TypeScope, answer: Answer): JsonObject {
  return {
    // OpenAPI 3.2 lets a response have a summary, and do without a description.
    description: answer.doc.description ?? answer.doc.summary ?? "",
    headers: record(
      answer.headers.map((header) => [
        header.name,
        {
          required: header.required,
          schema: typeSchema(scope, header.schema, "output"),
        },
      ]),
    ),
    ...(answer.media.length > 0
      ? { content: projectMedia(scope, answer.media) }
      : {}),
  };
}

function projectMedia(scope: TypeScope, media: readonly Media[]): JsonObject {
  return record(
    media.map((each) => [
      each.type,
      {
        schema: typeSchema(
          scope,
          isItemStream(each) ? each.item : each.schema,
          "output",
        ),
      },
    ]),
  );
}
