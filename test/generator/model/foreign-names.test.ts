import { describe, expect, it } from "vitest";
import { build } from "./build.js";

describe("names of others", () => {
  it("group operations", async () => {
    const { api } = await build(`openapi: 3.1.0
info: { title: t, version: "1" }
paths:
  /a: { get: { operationId: a, x-ogen-operation-group: shop, responses: {} } }
  /b: { get: { operationId: b, x-openapi-router-controller: till, responses: {} } }`);
    expect(api.groups.map(({ title }) => title)).toEqual(["shop", "till"]);
  });

  it("end operations, and count pages and calls", async () => {
    const { operation, diagnostics } = await build(`openapi: 3.1.0
info: { title: t, version: "1" }
x-google-management:
  quota:
    limits: [{ metric: reads, unit: "1/min/{project}", values: { STANDARD: 10 } }]
paths:
  /a:
    get:
      operationId: a
      deprecated: true
      security: [{ key: [] }]
      x-sunset-date: "2030-01-01"
      x-dropshot-pagination: true
      x-google-quota: { metricCosts: { reads: 2 } }
      parameters:
        - { name: limit, in: query, schema: { type: integer } }
        - { name: page_token, in: query, schema: { type: string } }
      responses:
        "200":
          description: ok
          content:
            application/json:
              schema:
                type: object
                required: [items]
                properties:
                  items: { type: array, items: { type: string } }
                  next_page: { type: string }
components:
  securitySchemes:
    key: { type: apiKey, in: header, name: key }`);
    expect(diagnostics).toEqual([]);
    const { policies } = operation("a");
    expect(policies.deprecation?.sunset).toBe(Date.UTC(2030, 0) / 1000);
    expect(policies.pagination?.style).toBe("cursor");
    expect(policies.rateLimit?.[0]).toMatchObject({ quota: 10, cost: 2 });
  });
});

describe("flows of OAuth", () => {
  it("all give their scopes", async () => {
    const flows = [
      "implicit",
      "password",
      "clientCredentials",
      "authorizationCode",
      "deviceAuthorization",
    ];
    const listed = flows.map((flow) => `${flow}: { scopes: { ${flow}: "" } }`);
    const { api } = await build(`openapi: 3.2.0
info: { title: t, version: "1" }
paths: {}
components:
  securitySchemes:
    sign: { type: oauth2, flows: { ${listed.join(", ")} } }`);
    expect(api.security).toMatchObject([{ kind: "oauth2", scopes: flows }]);
  });
});
