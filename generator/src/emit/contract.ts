/** Room `emit`: `contract.ts`, printed by openapi-typescript from a projection of the IR. */
import { createRequire } from "node:module";
import type { Json, JsonObject } from "../load/document.js";
import type { Answer, Api, Media, Operation, Param } from "../model/api.js";
import type { ModelId } from "../model/schema.js";
import type { Layout } from "../name/layout.js";
import { effectiveDefault } from "./check/effects.js";
import {
  type Direction,
  record,
  type TypeScope,
  typeSchema,
} from "./contract-schema.js";

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

/** The text of `contract.ts`. */
export function emitContract(
  layout: Layout,
  keys: ContractKeys,
  header: string,
): string {
  const { api } = layout;
  const scope: TypeScope = { model: modelOf(api), keyOf: keys };
  const schemas: [string, Json][] = [];
  for (const model of api.models.values()) {
    const output = typeSchema(scope, model.schema, "output");
    schemas.push([keys(model.id, "output"), output]);
    if (model.split) {
      const input = typeSchema(scope, model.schema, "input");
      schemas.push([keys(model.id, "input"), input]);
    }
  }
  const operations = api.groups.flatMap((group) => group.operations);
  const document: JsonObject = {
    openapi: "3.1.0",
    info: { title: "", version: "" },
    paths: pathsAsWritten(
      operations,
      operations.map((each) => projectOperation(scope, layout, each)),
    ),
    components: { schemas: record(schemas) },
  };
  return `${header}\n\n${printTypes(document)}`;
}

function modelOf(api: Api) {
  return (id: ModelId) => {
    const model = api.models.get(id);
    if (!model) throw new Error(`no model ${id}`);
    return model;
  };
}

function projectOperation(
  scope: TypeScope,
  layout: Layout,
  operation: Operation,
): JsonObject {
  const out: JsonObject = {
    operationId: layout.operation(operation).constant,
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
      content: projectMedia(scope, operation.body.media, "input"),
    };
  }
  return out;
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
    description: answer.doc.description ?? "",
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
      ? { content: projectMedia(scope, answer.media, "output") }
      : {}),
  };
}

function projectMedia(
  scope: TypeScope,
  media: readonly Media[],
  direction: Direction,
): JsonObject {
  return record(
    media.map((each) => [
      each.type,
      { schema: typeSchema(scope, each.schema, direction) },
    ]),
  );
}

/** Methods that OpenAPI 3.1 has; the printer knows no other. */
const METHODS = /^(?:GET|PUT|POST|DELETE|OPTIONS|HEAD|PATCH|TRACE)$/;

/** openapi-typescript's transforms on a document that is loaded already: its own resolving, linting and bundling is not needed. */
function printTypes(document: JsonObject): string {
  const require = createRequire(import.meta.url);
  const transform = require("openapi-typescript/dist/transform/index.cjs") as {
    (schema: unknown, context: unknown): unknown[];
  };
  const { astToString } = require("openapi-typescript/dist/lib/ts.cjs") as {
    astToString(nodes: unknown): string;
  };
  const context = {
    additionalProperties: false,
    alphabetize: false,
    arrayLength: false,
    defaultNonNullable: false,
    discriminators: { objects: {}, refsHandled: [] },
    emptyObjectsUnknown: true,
    enum: false,
    enumValues: false,
    conditionalEnums: false,
    dedupeEnums: false,
    excludeDeprecated: false,
    exportType: false,
    immutable: false,
    rootTypes: false,
    rootTypesNoSchemaPrefix: false,
    rootTypesKeepCasing: false,
    injectFooter: [],
    pathParamsAsTypes: false,
    postTransform: undefined,
    propertiesRequiredByDefault: false,
    redoc: undefined,
    silent: true,
    inject: undefined,
    transform: undefined,
    transformProperty: undefined,
    makePathsEnum: false,
    generatePathParams: false,
    readWriteMarkers: false,
    resolve: (reference: string) => resolve(document, reference),
  };
  return astToString(transform(document, context));
}

/** Path items under their own keys; an operation that shares its place with another one stands under a key of its own. */
function pathsAsWritten(
  operations: readonly Operation[],
  projected: readonly JsonObject[],
): JsonObject {
  const items = new Map<string, [string, Json][]>();
  for (const [at, operation] of operations.entries()) {
    const method = METHODS.test(operation.method)
      ? operation.method.toLowerCase()
      : "get";
    let key = operation.path;
    const other = !METHODS.test(operation.method);
    if (other) key = `${operation.path} ${operation.method}`;
    while (items.get(key)?.some(([taken]) => taken === method)) key += " ";
    const members = items.get(key) ?? [];
    items.set(key, [...members, [method, projected[at] ?? {}]]);
  }
  return record([...items].map(([key, members]) => [key, record(members)]));
}

function resolve(document: JsonObject, reference: string): unknown {
  let node: unknown = document;
  for (const token of reference.slice(2).split("/")) {
    const key = decodeURIComponent(token)
      .replace(/~1/g, "/")
      .replace(/~0/g, "~");
    if (typeof node !== "object" || node === null) return undefined;
    node = (node as Record<string, unknown>)[key];
  }
  return node;
}
