/** The contract that all servers of the bench fulfil: three operations on things, and as many others as asked for. */

const text = (more) => ({ type: "string", ...more });

const fields = {
  sku: text({ pattern: "^[A-Z]{3}-[0-9]{5}$" }),
  title: text({ minLength: 1, maxLength: 120 }),
  description: text({ maxLength: 500 }),
  price: { type: "number", minimum: 0 },
  currency: text({ enum: ["EUR", "USD", "GBP"] }),
  quantity: { type: "integer", minimum: 0, maximum: 1_000_000 },
  state: text({ enum: ["draft", "listed", "sold"] }),
  tags: { type: "array", maxItems: 10, items: text({ maxLength: 30 }) },
  weight: { type: "number", minimum: 0 },
  maker: {
    type: "object",
    additionalProperties: false,
    required: ["name", "email"],
    properties: {
      name: text({ minLength: 1, maxLength: 80 }),
      email: text({ format: "email" }),
    },
  },
  releasedOn: text({ format: "date" }),
  listed: { type: "boolean" },
};

export const thingInput = {
  type: "object",
  additionalProperties: false,
  required: Object.keys(fields),
  properties: fields,
};

export const thing = {
  type: "object",
  required: ["id", "createdAt", ...Object.keys(fields)],
  properties: {
    id: text({ format: "uuid" }),
    createdAt: text({ format: "date-time" }),
    ...fields,
  },
};

export const listQuery = {
  page: { type: "integer", minimum: 1, default: 1 },
  limit: { type: "integer", minimum: 1, maximum: 100, default: 20 },
  state: text({ enum: ["draft", "listed", "sold"] }),
  minPrice: { type: "number", minimum: 0 },
};

export function thingList(item) {
  return {
    type: "object",
    required: ["page", "limit", "items"],
    properties: {
      page: { type: "integer" },
      limit: { type: "integer" },
      items: { type: "array", items: item },
    },
  };
}

/** Paths of the other routes, in the manner of real documents: literals shared by neighbours, and two parameters. */
export function otherPaths(routes) {
  const count = Math.max(0, routes - 3) / 3;
  return Array.from({ length: count }, (_, index) => `/areas-${index}`);
}

export function document(routes) {
  const reference = (name) => ({ $ref: `#/components/schemas/${name}` });
  const answer = (schema) => ({
    description: "Done",
    content: { "application/json": { schema } },
  });
  const id = {
    name: "thingId",
    in: "path",
    required: true,
    schema: text({ format: "uuid" }),
  };
  const area = { name: "area", in: "path", required: true, schema: text() };
  const paths = {};
  const others = otherPaths(routes);
  const half = others.length >> 1;
  const addOther = (path, index) => {
    const tags = [`part${index % 20}`];
    const responses = { 204: { description: "Done" } };
    paths[path] = {
      get: { operationId: `listArea${index}`, tags, responses },
      post: { operationId: `createArea${index}`, tags, responses },
    };
    paths[`${path}/{area}`] = {
      parameters: [area],
      get: { operationId: `getArea${index}`, tags, responses },
    };
  };
  others.slice(0, half).forEach((path, index) => addOther(path, index));
  paths["/things"] = {
    get: {
      operationId: "listThings",
      tags: ["things"],
      parameters: Object.entries(listQuery).map(([name, schema]) => ({
        name,
        in: "query",
        schema,
      })),
      responses: { 200: answer(reference("ThingList")) },
    },
    post: {
      operationId: "createThing",
      tags: ["things"],
      requestBody: {
        required: true,
        content: { "application/json": { schema: reference("ThingInput") } },
      },
      responses: { 201: answer(reference("Thing")) },
    },
  };
  paths["/things/{thingId}"] = {
    get: {
      operationId: "getThing",
      tags: ["things"],
      parameters: [id],
      responses: {
        200: answer(reference("Thing")),
        404: { description: "There is none" },
      },
    },
  };
  others.slice(half).forEach((path, index) => addOther(path, half + index));
  return {
    openapi: "3.1.0",
    info: { title: "Things", version: "1.0.0" },
    paths,
    components: {
      schemas: {
        ThingInput: thingInput,
        Thing: thing,
        ThingList: thingList(reference("Thing")),
      },
    },
  };
}
