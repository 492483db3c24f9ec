/** A document of hundreds of operations, small each: what is dealt out over files shows only in size. */

export interface Shape {
  /** Resources by group. */
  groups: Record<string, number>;
  /** A line more or less, by resource: `pets7`. */
  notes?: Record<string, string>;
}

type Json = Record<string, unknown>;

/** Each resource has a list, a creation and a path that two groups share a schema with. */
export function largeDocument({ groups, notes = {} }: Shape): Json {
  const paths: Json = {};
  const schemas: Json = {
    Money: {
      type: "object",
      required: ["amount"],
      properties: {
        amount: { type: "integer", minimum: 0 },
        currency: { type: "string", pattern: "^[A-Z]{3}$" },
      },
    },
  };
  for (const [group, count] of Object.entries(groups)) {
    for (let at = 0; at < count; at++) {
      const resource = `${group}${at}`;
      const model = `${group}Thing${at}`;
      const reference = { $ref: `#/components/schemas/${model}` };
      const json = { "application/json": { schema: reference } };
      const note = notes[resource];
      schemas[model] = {
        type: "object",
        ...(note !== undefined && { description: note }),
        required: ["id", "price"],
        properties: {
          id: { type: "string", readOnly: true, pattern: "^[a-z]+$" },
          code: { type: "string", pattern: `^${group}[0-9]{${(at % 5) + 1}}$` },
          price: { $ref: "#/components/schemas/Money" },
          next: reference,
        },
      };
      paths[`/${group}/${resource}`] = {
        get: {
          tags: [group],
          operationId: `list ${resource}`,
          ...(note !== undefined && { summary: note }),
          parameters: [
            { name: "limit", in: "query", schema: { type: "integer" } },
          ],
          responses: { "200": { description: "all", content: json } },
        },
        post: {
          tags: [group],
          operationId: `create ${resource}`,
          requestBody: { required: true, content: json },
          responses: { "201": { description: "made", content: json } },
        },
      };
    }
  }
  return {
    openapi: "3.1.0",
    info: { title: "large", version: "1" },
    paths,
    components: { schemas },
  };
}
