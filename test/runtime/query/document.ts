/** Lists of tasks in all syntaxes, for the tests of filters, orders and selections over HTTP. */
export const SECRET = "never-to-be-seen";

const inQuery = (name: string, schema: object = { type: "string" }) => ({
  name,
  in: "query",
  schema,
});
const deep = (name: string, schema: object) => ({
  ...inQuery(name, schema),
  style: "deepObject",
  explode: true,
});
const text = { type: "string" };

const Task = {
  type: "object",
  required: ["id", "title", "status", "createdAt", "author"],
  properties: {
    id: { type: "integer" },
    title: text,
    status: { $ref: "#/components/schemas/Status" },
    priority: { type: ["integer", "null"] },
    weight: { type: "number" },
    done: { type: "boolean" },
    tags: { type: "array", items: text },
    createdAt: { type: "string", format: "date-time" },
    due: { anyOf: [{ type: "string", format: "date" }, { type: "null" }] },
    author: {
      type: "object",
      required: ["name", "email"],
      properties: { name: text, email: text },
    },
    secret: text,
  },
};

const allowed = {
  status: ["eq", "ne", "in", "nin"],
  createdAt: ["gte", "lt"],
  due: ["eq", "lt", "null"],
  priority: ["eq", "gt", "in", "null"],
  weight: ["lte"],
  done: ["eq"],
  title: ["contains", "startsWith", "eq"],
  "author.name": ["eq"],
};

const list = (schema: object) => ({
  "200": {
    description: "Tasks",
    content: { "application/json": { schema } },
  },
});
const tasks = {
  type: "array",
  items: { $ref: "#/components/schemas/Task" },
};
const open = { type: "object", additionalProperties: true };

export const document = {
  openapi: "3.1.0",
  info: { title: "Tasks", version: "1" },
  paths: {
    "/brackets": {
      get: {
        operationId: "brackets",
        "x-filter": { allowed, max: 4 },
        parameters: [deep("filter", open), deep("createdAt", open)],
        responses: list(tasks),
      },
    },
    "/declared": {
      get: {
        operationId: "declared",
        "x-filter": {
          allowed: { status: ["eq", "in"], priority: ["gt"], weight: ["lte"] },
        },
        parameters: [
          inQuery("status", { $ref: "#/components/schemas/Status" }),
          inQuery("priority[gt]", { type: "integer", minimum: 0 }),
          deep("filter", {
            type: "object",
            additionalProperties: false,
            properties: {
              weight: {
                type: "object",
                additionalProperties: false,
                properties: { lte: { type: "number", maximum: 100 } },
              },
            },
          }),
        ],
        responses: list(tasks),
      },
    },
    "/jsonapi": {
      get: {
        operationId: "jsonapi",
        "x-filter": { allowed, syntax: "jsonapi" },
        parameters: [deep("filter", open)],
        responses: list(tasks),
      },
    },
    "/rsql": {
      get: {
        operationId: "rsql",
        "x-filter": {
          allowed,
          syntax: "rsql",
          parameter: "q",
          depth: 2,
          max: 5,
        },
        parameters: [inQuery("q")],
        responses: list(tasks),
      },
    },
    "/sorted": {
      get: {
        operationId: "sorted",
        "x-sort": {
          allowed: ["createdAt", "title", "priority"],
          default: "-createdAt",
          max: 2,
          tiebreaker: "id",
        },
        parameters: [inQuery("sort"), inQuery("order")],
        responses: list(tasks),
      },
    },
    "/chosen": {
      get: {
        operationId: "chosen",
        "x-pagination": { style: "page" },
        "x-fields": {
          allowed: ["id", "title", "status", "author.name", "tags"],
        },
        "x-etag": "strong",
        "x-include": { allowed: ["author", "comments"] },
        parameters: [
          inQuery("page", { type: "integer", minimum: 1, default: 1 }),
          inQuery("fields"),
          inQuery("include", { type: "array", items: text }),
        ],
        responses: list({
          type: "object",
          required: ["items", "total"],
          properties: { items: tasks, total: { type: "integer" } },
        }),
      },
    },
    "/one": {
      get: {
        operationId: "one",
        "x-fields": {
          allowed: ["id", "title", "author"],
          default: ["id", "title"],
          parameter: "only",
        },
        parameters: [
          {
            ...inQuery("only", { type: "array", items: text }),
            explode: false,
          },
        ],
        responses: list({ $ref: "#/components/schemas/Task" }),
      },
    },
    "/all": {
      get: {
        operationId: "all",
        "x-filter": { allowed: { status: ["eq"] } },
        "x-sort": { allowed: ["title"] },
        "x-fields": true,
        "x-caching": { ttl: "60s", scope: "public" },
        parameters: [deep("filter", open), inQuery("sort"), inQuery("fields")],
        responses: list(tasks),
      },
    },
  },
  components: {
    schemas: { Task, Status: { enum: ["new", "open", "closed"] } },
  },
};
