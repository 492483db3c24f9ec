import { describe, expect, it } from "vitest";
import { withSchemas } from "../load/load.js";
import { lint, withOperation, withPaths } from "./lint.js";

type Case = [name: string, document: string, wanted: string[]];

const OK = '{ responses: { "200": { description: ok } } }';

/** Schemas, below the one operation that a document should have. */
const schemas = (text: string, version = "3.1.0") =>
  withSchemas(text, version).replace(
    "paths: {}",
    `paths: { /x: { get: { operationId: x, responses: { "200": { description: ok } } } } }`,
  );

describe("structure", () => {
  it.each<Case>([
    [
      "a list that is an object",
      withOperation("parameters: { name: q, in: query }"),
      [
        "error KT2010 /paths/~1a/get/parameters `parameters` of an operation must be a list, not an object",
      ],
    ],
    [
      "an item of the wrong type",
      withOperation("parameters: [x]"),
      [
        "error KT2010 /paths/~1a/get/parameters/0 `parameters` of an operation must be a list in which each item is a parameter, not a string at index 0",
      ],
    ],
    [
      "a map in which one value is null",
      withOperation("callbacks: { done: null }"),
      [
        "error KT2010 /paths/~1a/get/callbacks/done `callbacks` of an operation must be a map in which each value is a callback, not null at `done`",
      ],
    ],
    [
      "documentation is only warned about",
      withOperation("description: null\ndeprecated: 'yes'\ntags: [1]"),
      [
        "warning KT2012 /paths/~1a/get/description `description` of an operation must be a text, not null",
        "warning KT2012 /paths/~1a/get/deprecated `deprecated` of an operation must be true or false, not a string",
        "warning KT2012 /paths/~1a/get/tags/0 `tags` of an operation must be a list in which each item is a text, not a number at index 0",
      ],
    ],
    [
      "unknown fields and extensions are fine",
      withOperation("x-anything: [1]\nnobody: knows"),
      [],
    ],
    [
      "fields of later versions are unknown fields",
      withOperation("x: 1", "webhooks: 1\n$self: 5", "3.0.3"),
      [],
    ],
    [
      "3.0 requires paths",
      'openapi: 3.0.3\ninfo: { title: t, version: "1" }',
      ["error KT2013  `paths` is missing, which OpenAPI 3.0 requires"],
    ],
    [
      "later versions require something",
      'openapi: 3.1.0\ninfo: { title: t, version: "1" }',
      [
        "error KT2013  the document has none of `paths`, `webhooks` and `components`",
      ],
    ],
    [
      "what nothing depends on may be missing",
      "openapi: 3.1.0\ninfo: { title: t }\ncomponents: {}",
      ["warning KT2011 /info `version` of an info object is missing"],
    ],
    [
      "no operations",
      'openapi: 3.1.0\ninfo: { title: t, version: "1" }\npaths: {}',
      [
        "warning KT2014 /paths the document has no operations: the router is empty",
      ],
    ],
  ])("%s", async (_, document, wanted) => {
    expect(await lint(document)).toEqual(wanted);
  });
});

describe("operationIds", () => {
  it("are unique, over webhooks too, and both places are named", async () => {
    const document = withPaths(
      `/a: { get: { operationId: same, responses: { "200": { description: ok } } } }
/b: { get: { operationId: same, responses: { "200": { description: ok } } } }`,
      'webhooks: { w: { post: { operationId: same, responses: { "200": { description: ok } } } } }',
    );
    expect(await lint(document)).toEqual([
      "error KT2002 /paths/~1b/get/operationId the operationId `same` is taken",
      "error KT2002 /webhooks/w/post/operationId the operationId `same` is taken",
    ]);
  });

  it("are repeated by a path that refers to another", async () => {
    const document =
      withPaths(`/a: { get: { operationId: a, responses: { "200": { description: ok } } } }
/b: { $ref: "#/paths/~1a" }`);
    expect(await lint(document)).toEqual([
      "error KT2002 /paths/~1b the operationId `a` is taken: GET of another path refers to the same operation",
    ]);
  });

  it("may be missing or empty, with a warning", async () => {
    const document = withPaths(`/a: { get: ${OK} }
/b: { get: { operationId: " ", responses: { "200": { description: ok } } } }`);
    expect(await lint(document)).toEqual([
      "warning KT2003 /paths/~1a/get operation has no operationId; its name is derived from method and path",
      "warning KT2003 /paths/~1b/get the operationId is empty; a name is derived from method and path",
    ]);
  });
});

describe("paths", () => {
  const lintPath = async (path: string) => {
    const found = await lint(
      withPaths(
        `${JSON.stringify(path)}: { get: { operationId: a, responses: { "200": { description: ok } } } }`,
      ),
    );
    return found
      .filter((line) => !/KT2008/.test(line))
      .map((line) => line.replace(/^(\S+ \S+) .*?(?=the path)/s, "$1 "));
  };

  it.each<[string, string]>([
    ["a/b", "error KT2005 the path `a/b` does not begin with `/`"],
    ["/a/{x", "error KT2005 the path `/a/{x`: there is a `{` without a `}`"],
    ["/a/x}", "error KT2005 the path `/a/x}`: there is a `}` without a `{`"],
    ["/a/{}", "error KT2005 the path `/a/{}`: a variable has no name"],
    [
      "/a/{{x}}",
      "error KT2005 the path `/a/{{x}}`: there is a `{` inside of a variable",
    ],
    [
      "/{a}{b}",
      "error KT2005 the path `/{a}{b}`: nothing stands between the variables `a` and `b`",
    ],
    [
      "/{a}/b/{a}",
      "error KT2005 the path `/{a}/b/{a}`: the variable `a` stands in it twice",
    ],
    [
      "/a\nb",
      "error KT2005 the path `/a b` contains a control character, which no request can have",
    ],
    [
      "/a/../b",
      "warning KT2006 the path `/a/../b` has a `.` or `..` segment: clients change such paths before they send them",
    ],
    [
      "/a//b",
      "warning KT2006 the path `/a//b` has a segment that is empty: clients change such paths before they send them",
    ],
    [
      "/a?b=c",
      "warning KT2007 the path `/a?b=c` has a query, which is dropped: a path has none",
    ],
    [
      "/a#b",
      "warning KT2007 the path `/a#b` has a fragment, which is dropped: a path has none",
    ],
  ])("%j", async (path, wanted) => {
    expect(await lintPath(path)).toEqual([wanted]);
  });

  it.each(["/", "/a/", "/a.{b}", "/{a}-{b}", "/:id", "/a*", "/{a?}", "/...x"])(
    "%s is fine",
    async (path) => {
      expect(await lintPath(path)).toEqual([]);
    },
  );

  const op = (id: string) =>
    `{ operationId: ${id}, responses: { "200": { description: ok } } }`;
  const variable = (name: string) =>
    `parameters: [{ name: ${name}, in: path, required: true, schema: {} }]`;

  it.each<Case>([
    [
      "the same route for one method",
      withPaths(`/a/{x}: { get: ${op("one")}, ${variable("x")} }
/a/{y}: { get: ${op("two")}, ${variable("y")} }`),
      [
        "error KT2004 /paths/~1a~1{y} GET `/a/{y}` has the same route as `/a/{x}`",
      ],
    ],
    [
      "other methods may share it",
      withPaths(`/a/{x}: { get: ${op("one")}, ${variable("x")} }
/a/{y}: { post: ${op("two")}, ${variable("y")} }`),
      [],
    ],
    [
      "a variable and its parameter",
      withPaths(`/a/{x}/{y}: { get: ${op("one")}, ${variable("x")} }
/b: { get: ${op("two")}, ${variable("z")} }
/c/{x}: { get: { operationId: three, responses: { "200": { description: ok } }, parameters: [{ name: x, in: path, schema: {} }] } }`),
      [
        "warning KT2008 /paths/~1a~1{x}~1{y}/get the path variable `y` of GET `/a/{x}/{y}` has no parameter; it is read as a string",
        "warning KT2009 /paths/~1b/parameters/0 the path parameter `z` is not in the path `/b`; it is ignored",
        "warning KT2015 /paths/~1c~1{x}/get/parameters/0 the path parameter `x` is required in any case",
      ],
    ],
  ])("%s", async (_, document, wanted) => {
    expect(await lint(document)).toEqual(wanted);
  });

  it("finds methods of 3.2", async () => {
    const document = withPaths(
      `/a: { query: ${op("q")}, additionalOperations: { COPY: ${op("q")} } }`,
      "",
      "3.2.0",
    );
    expect(await lint(document)).toEqual([
      "error KT2002 /paths/~1a/additionalOperations/COPY/operationId the operationId `q` is taken",
    ]);
  });
});

describe("parameters", () => {
  const lintParameter = async (text: string) =>
    (await lint(withOperation(`parameters: [${text}]`))).map((line) =>
      line.replace("/paths/~1a/get/parameters/", ""),
    );

  it.each<[string, string[]]>([
    ["{ name: q, in: query, schema: {} }", []],
    [
      "{ name: q, in: body, schema: {} }",
      [
        "error KT2022 0/in the parameter `q` stands in `body`, which is no place for parameters",
      ],
    ],
    [
      "{ name: q, in: querystring, content: { a/b: {} } }",
      [
        "error KT2022 0/in the parameter `q` stands in `querystring`, which is no place for parameters",
      ],
    ],
    [
      "{ in: query, schema: {} }",
      [
        "warning KT2011 0 `name` of a parameter is missing",
        "error KT2022 0 a parameter has no `name`",
      ],
    ],
    [
      "{ name: q, in: query }",
      ["error KT2021 0 the parameter `q` has neither `schema` nor `content`"],
    ],
    [
      "{ name: q, in: query, schema: {}, content: { a/b: {} } }",
      ["error KT2021 0 the parameter `q` has both `schema` and `content`"],
    ],
    [
      "{ name: q, in: query, content: { a/b: {}, c/d: {} } }",
      [
        "error KT2021 0/content the parameter `q` has 2 media types; it can have one only",
      ],
    ],
    [
      '{ name: "X A", in: header, schema: {} }',
      ["error KT2023 0/name `X A` is no name that a header can have"],
    ],
    [
      "{ name: authorization, in: header, schema: {} }",
      ["warning KT2024 0 the header parameter `authorization` is ignored"],
    ],
    [
      "{ name: q, in: query, schema: {} }, { name: q, in: query, schema: {} }",
      ["error KT2020 1 the query parameter `q` is declared twice"],
    ],
    [
      "{ name: X-A, in: header, schema: {} }, { name: x-a, in: header, schema: {} }",
      ["error KT2020 1 the header parameter `x-a` is declared twice"],
    ],
    [
      "{ name: q, in: query, schema: {} }, { name: q, in: cookie, schema: {} }",
      [],
    ],
  ])("%s", async (text, wanted) => {
    expect(await lintParameter(text)).toEqual(wanted);
  });

  it("referred to twice are one", async () => {
    const document = withOperation(
      'parameters: [{ $ref: "#/components/parameters/q" }, { $ref: "#/components/parameters/q" }]',
      "components: { parameters: { q: { name: q, in: query, schema: {} } } }",
    );
    expect(await lint(document)).toEqual([
      "warning KT2025 /paths/~1a/get/parameters the query parameter `q` is declared twice, by the same reference",
    ]);
  });
});

describe("responses", () => {
  it("have status keys", async () => {
    const document = withPaths(`/a:
  get:
    operationId: a
    responses: { 200: {}, 4XX: {}, default: {}, x-y: 1, 2xx: {}, 600: {}, "20": {} }`);
    expect(await lint(document)).toEqual(
      ["20", "600", "2xx"].map(
        (key) =>
          `error KT2030 /paths/~1a/get/responses/${key} \`${key}\` is no status of a response`,
      ),
    );
  });

  it("should be there", async () => {
    const document = withPaths(`/a: { get: { operationId: a, responses: {} } }
/b: { get: { operationId: b } }`);
    expect(await lint(document)).toEqual([
      "warning KT2031 /paths/~1a/get/responses GET `/a` declares no response; any answer is let through",
      "warning KT2031 /paths/~1b/get GET `/b` declares no response; any answer is let through",
    ]);
  });
});

describe("security", () => {
  const schemes = (text: string) =>
    `components: { securitySchemes: { ${text} } }`;

  it.each<Case>([
    [
      "an undefined scheme",
      withOperation("security: [{ nope: [] }]"),
      [
        "error KT2040 /paths/~1a/get/security/0/nope the security scheme `nope` is not defined",
      ],
    ],
    [
      "at the top level too, and never found on the prototype",
      withOperation("x: 1", "security: [{ toString: [] }]"),
      [
        "error KT2040 /security/0/toString the security scheme `toString` is not defined",
      ],
    ],
    [
      "an unknown type",
      withOperation("security: [{ w: [] }]", schemes("w: { type: weird }")),
      [
        "error KT2041 /components/securitySchemes/w the security scheme `w` cannot be enforced: there is no type `weird`",
      ],
    ],
    [
      "a scheme that nobody uses may be incomplete",
      withOperation("x: 1", schemes("w: { type: weird }")),
      [],
    ],
    [
      "an API key from nowhere",
      withOperation(
        "security: [{ k: [] }]",
        schemes("k: { type: apiKey, name: k, in: body }"),
      ),
      [
        "error KT2041 /components/securitySchemes/k the security scheme `k` cannot be enforced: `in` must be query, header or cookie",
      ],
    ],
    [
      "http schemes of any name",
      withOperation(
        "security: [{ h: [] }, {}]",
        schemes("h: { type: http, scheme: dsn }"),
      ),
      [],
    ],
    [
      "a scope that no flow declares",
      withOperation(
        "security: [{ o: [read, admin] }]",
        schemes(
          "o: { type: oauth2, flows: { clientCredentials: { tokenUrl: t, scopes: { read: r } } } }",
        ),
      ),
      [
        "warning KT2042 /paths/~1a/get/security/0/o the scope `admin` is not declared by the security scheme `o`",
      ],
    ],
  ])("%s", async (_, document, wanted) => {
    expect(await lint(document)).toEqual(wanted);
  });
});

describe("schemas", () => {
  const lintSchema = async (text: string, version = "3.1.0") =>
    (await lint(schemas(`A: ${text}`, version))).map((line) =>
      line.replace("/components/schemas/A", ""),
    );

  it.each<[string, string[]]>([
    [
      '{ pattern: "(" }',
      [
        "error KT2202 /pattern the pattern is not a regular expression of ECMA-262",
      ],
    ],
    [
      '{ patternProperties: { "[": {}, "^x-": {} } }',
      [
        "error KT2202 /patternProperties/[ the pattern is not a regular expression of ECMA-262",
      ],
    ],
    ['{ pattern: "^[\\\\w-.]+\\\\-$" }', []],
    [
      '{ pattern: "\\\\Ax\\\\z" }',
      [
        "warning KT2052 /pattern `\\A` of the pattern has no special meaning in ECMA-262",
      ],
    ],
    [
      '{ type: string, enum: ["a", 1] }',
      [
        "warning KT2081 /enum/1 the enum member `1` is not of the type `string`, so it is never valid",
      ],
    ],
    ['{ type: [string, "null"], enum: ["a", null], default: null }', []],
    [
      "{ type: integer, default: 1.5 }",
      [
        "warning KT2082 /default the default `1.5` is not of the type `integer`",
      ],
    ],
    [
      "{ minLength: 5, maxLength: 2, minimum: 1, maximum: 1 }",
      [
        "warning KT2083 /minLength `minLength` is greater than `maxLength`: no value is valid",
      ],
    ],
    [
      "{ maximum: 9223372036854775807 }",
      [
        "warning KT2084 /maximum the number is greater than 2^53 and may lose digits: it is read as 9223372036854776000",
      ],
    ],
    [
      "{ maximum: 9007199254740991, minimum: 1e21 }",
      [
        "warning KT2083 /minimum `minimum` is greater than `maximum`: no value is valid",
      ],
    ],
    [
      "{ const: 1e400 }",
      [
        "warning KT2084 /const the number is too large for a double; it is read as the largest one",
      ],
    ],
    ["{ nullable: true }", []],
  ])("%s", async (text, wanted) => {
    expect(await lintSchema(text)).toEqual(wanted);
  });

  it.each<[string, string[]]>([
    [
      "{ nullable: true }",
      [
        "warning KT2086 /nullable `nullable` has no effect without a `type` beside it",
      ],
    ],
    [
      "{ nullable: true, allOf: [{ type: string }] }",
      [
        "warning KT2086 /nullable `nullable` has no `type` beside it; it is read as: the composition, or null",
      ],
    ],
    [
      "{ type: string, nullable: true, enum: [a] }",
      [
        "warning KT2086 /nullable `nullable` has no effect: the `enum` beside it does not list null",
      ],
    ],
    ["{ type: string, nullable: true, enum: [a, null] }", []],
  ])("in 3.0: %s", async (text, wanted) => {
    expect(await lintSchema(text, "3.0.3")).toEqual(wanted);
  });

  it("of requests may not hold what would not be enforced", async () => {
    const keywords =
      "{ dependencies: { a: [b] }, additionalItems: false, items: [{}] }";
    const document = withOperation(
      `requestBody: { content: { application/json: { schema: { $ref: "#/components/schemas/A" } } } }`,
      `components: { schemas: { A: { properties: { p: ${keywords} } }, B: ${keywords} } }`,
    );
    const found = await lint(document);
    expect(found).toEqual([
      ...["dependencies", "additionalItems", "items"].map((keyword) =>
        expect.stringMatching(
          new RegExp(
            `^error KT3003 /components/schemas/A/properties/p/${keyword} .*would not be enforced`,
          ),
        ),
      ),
      ...["dependencies", "additionalItems", "items"].map((keyword) =>
        expect.stringMatching(
          new RegExp(
            `^warning KT3004 /components/schemas/B/${keyword} .*no effect`,
          ),
        ),
      ),
    ]);
  });

  it("of JSON Schema by name may, with a warning: there they assert nothing", async () => {
    const document = withOperation(
      "requestBody: { content: { application/json: { schema: { dependencies: { a: [b] } } } } }",
      "jsonSchemaDialect: https://json-schema.org/draft/2020-12/schema",
    );
    expect(await lint(document)).toEqual([
      "warning KT3004 /paths/~1a/get/requestBody/content/application~1json/schema/dependencies `dependencies` has no effect: its dialect does not have it",
    ]);
  });

  it("have names of plain characters", async () => {
    expect(await lint(schemas('"a/b": {}\nc.d-e_1: {}'))).toEqual([
      "warning KT2016 /components/schemas/a~1b the component name `a/b` has characters that the specification does not allow",
    ]);
  });
});

describe("discriminators", () => {
  it("lead to schemas, whose property is a string", async () => {
    const found = await lint(
      schemas(`U:
  oneOf:
    - { $ref: "#/components/schemas/A" }
    - { $ref: "#/components/schemas/B" }
    - { $ref: "#/components/schemas/C" }
    - { type: object }
  discriminator:
    propertyName: kind
    mapping: { a: A, b: "#/components/schemas/B", c: Missing, d: ./other.yaml }
A: { allOf: [{ $ref: "#/components/schemas/Base" }] }
Base: { properties: { kind: { type: string } } }
B: { properties: { kind: { type: integer } } }
C: {}`),
    );
    const at = "/components/schemas";
    expect(found).toEqual([
      `error KT2060 ${at}/U/discriminator/mapping/c the mapping leads to \`Missing\`, which is no schema of the document`,
      `error KT2060 ${at}/U/discriminator/mapping/d the mapping leads to \`./other.yaml\`, which is no schema of the document`,
      `warning KT2061 ${at}/B/properties/kind the property \`kind\` of a discriminator is no string`,
      `warning KT2061 ${at}/U/oneOf/2 the branch does not declare the property \`kind\` of the discriminator`,
      `warning KT2062 ${at}/U/oneOf/3 a branch with a discriminator beside it is no reference, so it has no name that could be its tag`,
    ]);
  });
});

describe("servers and links", () => {
  it("define what they use", async () => {
    const document = withOperation(
      "x: 1",
      `servers:
  - url: https://{a}.example/{b}
    variables: { a: { default: x, enum: [y] } }
components: { links: { l: { operationId: nope }, m: { operationId: a } } }`,
    );
    expect(await lint(document)).toEqual([
      "warning KT2070 /servers/0/url the variable `b` of the server URL is not defined",
      "warning KT2071 /servers/0/variables/a/default the default `x` is not in the `enum` of the variable",
      "warning KT2092 /components/links/l/operationId no operation has the id `nope`; the link is left out",
    ]);
  });
});

describe("severities", () => {
  const document = withPaths(`/a: { get: ${OK} }
/b: { get: { operationId: b, responses: { 600: {} } } }`);

  it("are the user's for warnings", async () => {
    const severities = { KT2003: "error", KT2030: "off" } as const;
    expect(await lint(document, { severities })).toEqual([
      expect.stringMatching(/^error KT2030 /),
      expect.stringMatching(/^error KT2003 /),
    ]);
    expect(await lint(document, { severities: { KT2003: "off" } })).toEqual([
      expect.stringMatching(/^error KT2030 /),
    ]);
  });
});

describe("documents in many files", () => {
  it("are looked at everywhere, each place once", async () => {
    const found = await lint({
      "openapi.yaml": withOperation(
        `requestBody: { content: { application/json: { schema: { anyOf: [{ $ref: ./s.yaml }, { $ref: "s.yaml" }] } } } }`,
      ),
      "s.yaml": 'pattern: "("',
    });
    expect(found).toEqual([
      "error KT2202 s.yaml#/pattern the pattern is not a regular expression of ECMA-262",
    ]);
  });
});
