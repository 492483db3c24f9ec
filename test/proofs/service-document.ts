/** The document of the service that several processes serve together. */
const json = {
  "application/json": {
    schema: {
      type: "object",
      properties: {
        id: { type: "string" },
        value: { type: "integer" },
        principal: { type: "string" },
        process: { type: "integer" },
      },
    },
  },
};
const found = { "200": { description: "Found", content: json } };
const id = {
  name: "id",
  in: "path",
  required: true,
  schema: { type: "string" },
};
const quota = { quota: 5_000, window: "1d", key: "$request.header.X-Client" };
const limited = (operationId: string, limit: object) => ({
  get: {
    operationId,
    parameters: [
      { name: "X-Client", in: "header", schema: { type: "string" } },
    ],
    "x-rate-limit": { ...quota, ...limit },
    responses: { "204": { description: "Nothing" } },
  },
});

export const SERVICE = {
  openapi: "3.1.0",
  info: { title: "Many processes", version: "1" },
  components: {
    securitySchemes: { key: { type: "apiKey", in: "header", name: "X-Key" } },
  },
  paths: {
    "/limit/sliding-window": limited("slidingWindow", {
      algorithm: "sliding-window",
    }),
    "/limit/token-bucket": limited("tokenBucket", {
      algorithm: "token-bucket",
    }),
    "/limit/fixed-window": limited("fixedWindow", {
      algorithm: "fixed-window",
    }),
    "/open": limited("open", { onFailure: "open" }),
    "/closed": limited("closed", { onFailure: "closed" }),
    "/slow/{id}": {
      parameters: [id],
      get: {
        operationId: "slow",
        "x-caching": { ttl: "1h", scope: "public" },
        responses: found,
      },
    },
    "/values/{id}": {
      parameters: [id],
      get: {
        operationId: "readValue",
        "x-caching": {
          ttl: "1h",
          scope: "public",
          tags: ["value:{params.id}"],
        },
        responses: found,
      },
      put: {
        operationId: "writeValue",
        "x-invalidates": ["value:{params.id}"],
        responses: found,
      },
    },
    "/mine/{id}": {
      parameters: [id],
      get: {
        operationId: "mine",
        security: [{ key: [] }],
        "x-caching": { ttl: "1h" },
        responses: found,
      },
    },
    "/orders": {
      post: {
        operationId: "order",
        parameters: [
          {
            name: "Idempotency-Key",
            in: "header",
            required: true,
            schema: { type: "string" },
          },
        ],
        responses: { "201": { description: "Placed", content: json } },
      },
    },
  },
} as const;
