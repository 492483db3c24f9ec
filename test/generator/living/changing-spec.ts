/** A document that lives: made by chance, changed by chance, and what an operation of it promises, spelled out. */
import type { Random } from "../../random.js";

export type ValueType = "string" | "integer" | "boolean" | "strings";

export interface Field {
  name: string;
  type: ValueType;
  required: boolean;
}

export interface Model {
  name: string;
  fields: Field[];
  /** A required member that is another model. */
  inner?: string;
}

export interface Operation {
  id: string;
  method: "get" | "post" | "put" | "delete";
  path: string;
  tag: string;
  summary: string;
  /** Of the path's only variable, where it has one. */
  variable: ValueType;
  query: Field[];
  body?: string;
  answers: { status: 200 | 201 | 204 | 404; model?: string }[];
}

export interface Spec {
  models: Model[];
  operations: Operation[];
  /** Models stand in a file of their own. */
  apart: boolean;
}

export const TAGS = ["books", "authors", "shelf marks", "delete"] as const;
const TYPES: readonly ValueType[] = ["string", "integer", "boolean", "strings"];
const WORDS = ["title", "pages", "rank", "isOpen", "marks", "note", "size"];

let counter = 0;

/** Names are never given twice, so that what was removed does not come back as something else. */
function fresh(word: string): string {
  return `${word}${++counter}`;
}

function randomFields(random: Random, most: number): Field[] {
  const names = WORDS.filter(() => random.chance(0.5)).slice(0, most);
  return names.map((name) => ({
    name,
    type: random.pick(TYPES),
    required: random.chance(0.5),
  }));
}

export function randomSpec(random: Random): Spec {
  const models: Model[] = [];
  for (let count = 2 + random.below(3); count > 0; count--) {
    const inner = models.length > 0 && random.chance(0.4);
    models.push({
      name: fresh("Model"),
      fields: randomFields(random, 4),
      ...(inner && { inner: random.pick(models).name }),
    });
  }
  const spec = { models, operations: [], apart: random.chance(0.3) };
  for (let count = 3 + random.below(5); count > 0; count--) {
    addOperation(random, spec);
  }
  return spec;
}

function addOperation(random: Random, spec: Spec): void {
  const method = random.pick(["get", "post", "put", "delete"] as const);
  const id = fresh(method);
  const model = () => random.pick(spec.models).name;
  spec.operations.splice(random.below(spec.operations.length + 1), 0, {
    id,
    method,
    path: `/${id}${random.chance(0.5) ? "/{key}" : ""}`,
    tag: random.pick(TAGS),
    summary: "As it was",
    variable: random.pick(["string", "integer"]),
    query: random.chance(0.4) ? randomFields(random, 2) : [],
    ...((method === "post" || method === "put") && { body: model() }),
    answers: [
      random.chance(0.3)
        ? { status: 204 }
        : { status: random.pick([200, 201]), model: model() },
      ...(random.chance(0.3) ? [{ status: 404 as const, model: model() }] : []),
    ],
  });
}

type Mutation = (random: Random, spec: Spec) => void;

const someOperation = (random: Random, { operations }: Spec) =>
  operations[random.below(operations.length)];

const MUTATIONS: readonly Mutation[] = [
  addOperation,
  addOperation,
  (random, { operations }) => {
    if (operations.length > 1) {
      operations.splice(random.below(operations.length), 1);
    }
  },
  (random, { operations }) => {
    const tag = random.pick(TAGS);
    const others = operations.filter((each) => each.tag !== tag);
    // A whole group goes.
    if (others.length > 0) operations.splice(0, operations.length, ...others);
  },
  (random, spec) => {
    const operation = someOperation(random, spec);
    if (operation) operation.id = fresh("renamed");
  },
  (random, spec) => {
    const operation = someOperation(random, spec);
    if (operation)
      operation.path = `/${fresh("moved")}${/\/\{key\}$/.exec(operation.path)?.[0] ?? ""}`;
  },
  (random, spec) => {
    const operation = someOperation(random, spec);
    if (operation) operation.tag = random.pick(TAGS);
  },
  (random, spec) => {
    const operation = someOperation(random, spec);
    if (operation) operation.query = randomFields(random, 3);
  },
  (random, spec) => {
    const operation = someOperation(random, spec);
    if (operation) operation.variable = random.pick(["string", "integer"]);
  },
  (random, spec) => {
    const operation = someOperation(random, spec);
    if (operation?.body) operation.body = random.pick(spec.models).name;
  },
  (random, spec) => {
    const answer = someOperation(random, spec)?.answers[0];
    if (answer?.model) answer.model = random.pick(spec.models).name;
  },
  (random, spec) => {
    random.pick(spec.models).fields = randomFields(random, 4);
  },
  (random, spec) => {
    const { fields } = random.pick(spec.models);
    const field = fields[random.below(fields.length)];
    if (field) field.required = !field.required;
  },
  (random, spec) => {
    spec.models.push({ name: fresh("Model"), fields: randomFields(random, 3) });
  },
  // What nobody's code can see:
  (random, spec) => {
    const operation = someOperation(random, spec);
    if (operation) operation.summary = `Another text, */ ${"`"} ${fresh("s")}`;
  },
  (random, { operations }) => {
    const moved = operations.splice(random.below(operations.length), 1);
    operations.splice(random.below(operations.length + 1), 0, ...moved);
  },
];

/** Changes the document in one to three ways. */
export function mutate(random: Random, spec: Spec): Spec {
  const next = structuredClone(spec);
  for (let count = 1 + random.below(3); count > 0; count--) {
    random.pick(MUTATIONS)(random, next);
  }
  return next;
}

/** Everything that clients or handlers can see of an operation. */
export function viewOf(operation: Operation, spec: Spec): string {
  const models = new Map(spec.models.map((model) => [model.name, model]));
  const open = (name: string | undefined): unknown => {
    const model = models.get(name ?? "");
    return model && [model.name, model.fields, open(model.inner)];
  };
  const { id, method, path, tag, variable, query, body, answers } = operation;
  return JSON.stringify([
    [id, method, path, tag, path.includes("{") && variable, query, open(body)],
    answers.map(({ status, model }) => [status, open(model)]),
  ]);
}

export const routeOf = ({ method, path }: Operation): string =>
  `${method.toUpperCase()} ${path}`;

/** The document's files. */
export function filesOf({ models, operations, apart }: Spec) {
  const reference = (name: string | undefined) => ({
    $ref: `${apart ? "models.json#/" : "#/components/schemas/"}${name}`,
  });
  const local = (name: string | undefined) => ({
    $ref: `${apart ? "#/" : "#/components/schemas/"}${name}`,
  });
  const schemas = Object.fromEntries(
    models.map(({ name, fields, inner }) => [
      name,
      {
        type: "object",
        required: [
          ...fields.filter((each) => each.required).map((each) => each.name),
          ...(inner === undefined ? [] : ["inner"]),
        ],
        properties: {
          ...Object.fromEntries(
            fields.map((each) => [each.name, schemaOf(each.type)]),
          ),
          ...(inner !== undefined && { inner: local(inner) }),
        },
      },
    ]),
  );
  const json = (model: string | undefined) => ({
    content: { "application/json": { schema: reference(model) } },
  });
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    const { path, method, id, tag, summary, query, body } = operation;
    const parameters = query.map(({ name, type, required }) => ({
      name,
      in: "query",
      required,
      schema: schemaOf(type),
    }));
    if (path.includes("{key}")) {
      const schema = schemaOf(operation.variable);
      parameters.push({ name: "key", in: "path", required: true, schema });
    }
    (paths[path] ??= {})[method] = {
      operationId: id,
      tags: [tag],
      summary,
      parameters,
      ...(body !== undefined && {
        requestBody: { required: true, ...json(body) },
      }),
      responses: Object.fromEntries(
        operation.answers.map(({ status, model }) => [
          status,
          { description: "An answer", ...(model && json(model)) },
        ]),
      ),
    };
  }
  const entry = {
    openapi: "3.1.0",
    info: { title: "Living", version: "1" },
    paths,
    ...(!apart && { components: { schemas } }),
  };
  return {
    "api.json": JSON.stringify(entry, undefined, 1),
    ...(apart && { "models.json": JSON.stringify(schemas, undefined, 1) }),
  };
}

function schemaOf(type: ValueType): object {
  return type === "strings"
    ? { type: "array", items: { type: "string" } }
    : { type };
}
