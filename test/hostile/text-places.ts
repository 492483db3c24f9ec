/** A document with a text in every place that can hold one. */

/** What a place can hold at all: other texts are refused, or no request can carry them. */
export type PlaceClass = "any" | "path" | "token" | "pattern";

export type TextOf = (place: string, of?: PlaceClass) => string;

/** `text` is asked once for each place. */
export function documentOf(text: TextOf): object {
  const t = (place: string) => text(place);
  const external = (place: string) => ({
    description: t(`${place} docs`),
    url: t(`${place} url`),
    [`x-${t(`${place} x`)}`]: t(`${place} x value`),
  });
  const named = "#/components/schemas/";
  const schemaKey = t("schema name");
  const pointer = (key: string) =>
    named + encodeURIComponent(key.replaceAll("~", "~0").replaceAll("/", "~1"));
  const cat = t("branch name");
  return {
    openapi: "3.1.0",
    info: {
      title: t("title"),
      summary: t("info summary"),
      description: t("info description"),
      termsOfService: t("terms"),
      contact: { name: t("contact"), url: t("contact url"), email: t("email") },
      license: { name: t("license"), identifier: t("license id") },
      version: t("version"),
      "x-info": t("x-info"),
    },
    servers: [
      {
        url: text("server url", "path"),
        description: t("server"),
        variables: {
          [t("variable")]: {
            enum: [t("variable enum")],
            default: t("variable default"),
            description: t("variable description"),
          },
        },
      },
    ],
    tags: [
      {
        name: t("tag"),
        description: t("tag description"),
        externalDocs: external("tag"),
      },
    ],
    externalDocs: external("root"),
    security: [{ [t("scheme name")]: [] }],
    paths: {
      [`/${text("path", "path")}/{id}`]: {
        summary: t("path summary"),
        description: t("path description"),
        parameters: [
          {
            name: "id",
            in: "path",
            required: true,
            description: t("path parameter"),
            schema: {
              type: "string",
              pattern: text("path pattern", "pattern"),
            },
          },
        ],
        post: {
          operationId: t("operationId"),
          tags: [t("tag")],
          summary: t("operation summary"),
          description: t("operation description"),
          externalDocs: external("operation"),
          "x-operation": { [t("x key")]: [t("x value")] },
          security: [
            { [t("scheme name")]: [], [t("oauth name")]: [t("scope")] },
          ],
          parameters: [
            {
              name: t("query name"),
              in: "query",
              description: t("query description"),
              schema: {
                type: "string",
                enum: [t("query enum"), "b"],
                default: t("query enum"),
              },
              example: t("query example"),
            },
            {
              name: text("header name", "token"),
              in: "header",
              schema: { type: "string", const: t("header const") },
            },
            {
              name: t("cookie name"),
              in: "cookie",
              schema: { type: "string" },
              examples: {
                [t("example name")]: {
                  summary: t("example summary"),
                  value: t("example value"),
                },
              },
            },
            {
              name: t("deep name"),
              in: "query",
              style: "deepObject",
              schema: {
                type: "object",
                properties: { [t("deep property")]: { type: "string" } },
              },
            },
          ],
          requestBody: {
            description: t("body description"),
            content: {
              "application/json": {
                schema: { $ref: pointer(schemaKey) },
                examples: {
                  [t("body example")]: { externalValue: t("external value") },
                },
              },
              [`application/${text("media type", "token")}`]: {
                schema: { type: "string" },
              },
            },
          },
          responses: {
            "200": {
              description: t("response"),
              headers: {
                [text("response header", "token")]: {
                  description: t("header description"),
                  schema: { type: "string", enum: [t("header enum")] },
                },
              },
              content: {
                "application/json": { schema: { $ref: pointer(schemaKey) } },
              },
              links: {
                [t("link name")]: {
                  operationId: t("operationId"),
                  parameters: { [t("link parameter")]: t("link expression") },
                  requestBody: t("link body"),
                  description: t("link description"),
                },
              },
            },
            "4XX": { description: t("range response") },
          },
          callbacks: {
            [t("callback name")]: {
              [t("callback expression")]: {
                post: {
                  summary: t("callback summary"),
                  responses: { "200": { description: t("callback response") } },
                },
              },
            },
          },
        },
      },
    },
    webhooks: {
      [t("webhook name")]: {
        post: {
          operationId: t("webhook id"),
          responses: { "200": { description: t("webhook response") } },
        },
      },
    },
    components: {
      schemas: {
        [schemaKey]: {
          type: "object",
          title: t("schema title"),
          description: t("schema description"),
          required: [t("property"), t("required only")],
          properties: {
            [t("property")]: {
              type: "string",
              description: t("property description"),
              enum: [t("enum"), t("second enum")],
              default: t("enum"),
              "x-enum-varnames": [t("varname"), t("second varname")],
              "x-enum-descriptions": [t("enum description"), "b"],
            },
            text: {
              type: "string",
              pattern: text("pattern", "pattern"),
              $comment: t("comment"),
              example: t("schema example"),
              format: t("format"),
            },
            default: {
              type: "object",
              default: { [t("default key")]: t("default value") },
            },
            constant: { const: { [t("const key")]: [t("const value")] } },
            animal: { $ref: "#/components/schemas/Animal" },
          },
          patternProperties: {
            [text("pattern property", "pattern")]: { type: "integer" },
          },
          dependentRequired: { [t("dependent")]: [t("depends on")] },
          additionalProperties: { type: "string", enum: [t("rest enum")] },
        },
        [cat]: {
          type: "object",
          required: [t("tag property")],
          properties: { [t("tag property")]: { type: "string" } },
        },
        Dog: {
          type: "object",
          required: [t("tag property")],
          properties: { [t("tag property")]: { type: "string" } },
        },
        Animal: {
          oneOf: [{ $ref: pointer(cat) }, { $ref: `${named}Dog` }],
          discriminator: {
            propertyName: t("tag property"),
            mapping: { [t("mapping tag")]: pointer(cat) },
          },
        },
      },
      securitySchemes: {
        [t("scheme name")]: {
          type: "apiKey",
          in: "query",
          name: t("api key name"),
          description: t("scheme description"),
        },
        [t("oauth name")]: {
          type: "oauth2",
          flows: {
            clientCredentials: {
              tokenUrl: t("token url"),
              scopes: { [t("scope")]: t("scope description") },
            },
          },
        },
      },
    },
  };
}

/** Texts that leave their context where a generator does not encode them. */
export const PAYLOADS: readonly string[] = [
  '"; globalThis.__pwned = 1; "',
  "'; globalThis.__pwned = 1; '",
  "`; globalThis.__pwned = 1; `",
  "${globalThis.__pwned = 1}",
  "*/ globalThis.__pwned = 1; /*",
  "\n globalThis.__pwned = 1; \n",
  "\r globalThis.__pwned = 1; \r",
  "\u2028globalThis.__pwned = 1;\u2029",
  '\\"; globalThis.__pwned = 1; //',
  "\\",
  "/; globalThis.__pwned = 1; /",
  "[/]; globalThis.__pwned = 1; //",
  "]; globalThis.__pwned = 1; [",
  "}); globalThis.__pwned = 1; ({",
  ")(globalThis.__pwned = 1)",
  "=> { globalThis.__pwned = 1; }",
  "</script><script>globalThis.__pwned = 1</script>",
  "<!-- globalThis.__pwned = 1 -->",
  "\\u0022; globalThis.__pwned = 1; //",
  "\\x27; globalThis.__pwned = 1; //",
  "%22; globalThis.__pwned = 1; %s%n%",
  'import("data:text/javascript,globalThis.__pwned=1")',
  "@ts-nocheck",
  "\n@ts-ignore",
  "\n// @ts-expect-error",
  "\n/// <reference path='/etc/passwd' />",
  "\n//# sourceMappingURL=http://127.0.0.1/x",
  "\n#!/usr/bin/env node",
  "\u202e; globalThis.__pwned = 1; \u202c",
  "\u0000; globalThis.__pwned = 1;",
  "\ufeff globalThis.__pwned = 1;",
  "../../../../tmp/pwned",
];

/** The payload as far as the place can hold it. */
export function fitting(payload: string, of: PlaceClass): string {
  switch (of) {
    case "path":
      return payload.replace(/[\p{Cc}{}?#]|\.\.?(?=\/|$)|\/+/gu, "-");
    case "token":
      return payload.replace(/[^!#$%&'*+\-.^_`|~\dA-Za-z]/g, "-");
    case "pattern":
      return payload.replace(/[$()*+.?[\\\]^{|}]/g, "\\$&");
    default:
      return payload;
  }
}
