/** Answers against the contract: `validateResponses`, and what development says of members that were left out. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  compileErrors,
  documentOf,
  type Generated,
  generated,
  served,
  type Service,
} from "./service.js";

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: object) => ({ "application/json": { schema } });
const schemas = {
  User: {
    type: "object",
    required: ["id", "name", "password"],
    additionalProperties: false,
    properties: {
      id: { type: "integer", readOnly: true, minimum: 1 },
      name: { type: "string", minLength: 2, default: "nobody" },
      password: { type: "string", writeOnly: true },
      friends: { type: "array", maxItems: 2, items: ref("User") },
      born: { type: "string", format: "date" },
    },
  },
};
const paths = {
  "/user": {
    get: {
      operationId: "getUser",
      responses: {
        200: {
          description: "",
          headers: {
            "X-Page": {
              required: true,
              schema: { type: "integer", maximum: 9 },
            },
          },
          content: json(ref("User")),
        },
        404: {
          description: "",
          content: json({ type: "object", required: ["why"] }),
        },
        "4XX": {
          description: "",
          content: json({ type: "array", maxItems: 1 }),
        },
        default: {
          description: "",
          content: {
            ...json({ type: "object", maxProperties: 1 }),
            "text/plain": { schema: { type: "string", maxLength: 3 } },
          },
        },
      },
    },
  },
  "/free": {
    get: { operationId: "getFree", responses: { 204: { description: "" } } },
  },
};

interface Answer {
  status: number;
  errors: string[] | undefined;
  text: string;
}

describe("response validation", () => {
  let output: Generated;
  let given: unknown;
  const services: Service[] = [];
  const environment = process.env["NODE_ENV"];
  beforeAll(async () => {
    output = await generated("response-checks", documentOf(paths, { schemas }));
  });
  afterEach(() => {
    process.env["NODE_ENV"] = environment;
  });
  afterAll(async () => {
    for (const service of services) await service.close();
  });
  const start = async (options: object, mode = "development") => {
    process.env["NODE_ENV"] = mode;
    const handlers = {
      root: { getUser: () => given, getFree: () => ({ status: 204 }) },
    };
    const service = await served(output, handlers, options);
    services.push(service);
    return service;
  };
  const get = async ({ url }: Service, body: unknown): Promise<Answer> => {
    given = body;
    const response = await fetch(`${url}/user`);
    const text = await response.text();
    const { errors } = text.startsWith("{") ? JSON.parse(text) : {};
    return {
      status: response.status,
      errors: errors?.map(
        (each: Record<string, string>) =>
          `${each["in"]} ${each["parameter"] ?? ""}${each["pointer"] ?? ""} ${each["code"]}`,
      ),
      text,
    };
  };
  const user = { id: 1, name: "Ann" };
  const ok = (body: object, headers: object = { "x-page": 1 }) => ({
    status: 200,
    body,
    headers,
  });

  const FAULTS: [string, unknown, string[]][] = [
    ["nothing", ok(user), []],
    [
      "a write-only member is neither sent nor missed",
      ok({ ...user, password: "x" }),
      [],
    ],
    [
      "a date",
      ok({ ...user, born: new Date("nonsense") }),
      ["body #/born type"],
    ],
    [
      "members",
      ok({ id: 0, name: "A" }),
      ["body #/id minimum", "body #/name minLength"],
    ],
    [
      "a read-only member is required, and no default filled in",
      ok({}),
      ["body #/id required", "body #/name required"],
    ],
    [
      "below",
      ok({ ...user, friends: [user, { id: 2 }] }),
      ["body #/friends/1/name required"],
    ],
    [
      "a list",
      ok({ ...user, friends: [user, user, user] }),
      ["body #/friends maxItems"],
    ],
    ["a header", ok(user, { "x-page": 10 }), ["header x-page maximum"]],
    ["a header that is missing", ok(user, {}), ["header x-page required"]],
    ["another status", { status: 404, body: {} }, ["body #/why required"]],
    ["a range", { status: 409, body: [1, 2] }, ["body # maxItems"]],
    [
      "default",
      { status: 500, body: { a: 1, b: 2 } },
      ["body # maxProperties"],
    ],
    [
      "another media type",
      { status: 500, body: "long", type: "text/plain" },
      ["body # maxLength"],
    ],
  ];

  it.each(FAULTS)(
    "in development tells what is wrong: %s",
    async (_, body, faults) => {
      const service = services[0] ?? (await start({}));
      const { status, errors, text } = await get(service, body);
      if (faults.length === 0) {
        expect([status, errors]).toEqual([200, undefined]);
        return;
      }
      expect([status, errors]).toEqual([500, faults]);
      expect(JSON.parse(text).detail).toMatch(
        /answer of getUser breaks its contract$/,
      );
      // The log has it as well.
      expect(service.lines.at(-1)?.level).toBe("error");
      service.lines.length = 0;
    },
  );

  it("logs and sends where that is asked for", async () => {
    const service = await start({ validateResponses: "log" }, "production");
    const { status, text } = await get(service, ok({ id: 0, name: "Ann" }));
    expect([status, text]).toEqual([200, '{"id":0,"name":"Ann"}']);
    const [line] = service.lines;
    expect(line?.level).toBe("error");
    expect(line?.message).toBe("the 200 answer of getUser breaks its contract");
    expect(line?.fields).toMatchObject({
      operationId: "getUser",
      errors: [{ pointer: "#/id", code: "minimum" }],
    });
  });

  it("in production is off, and `throw` tells a client nothing", async () => {
    const off = await start({}, "production");
    expect((await get(off, ok({ id: 0 }, {}))).status).toBe(200);
    expect(off.lines).toEqual([]);
    const strict = await start({ validateResponses: "throw" }, "production");
    const { status, text } = await get(strict, ok({ id: 0, name: "secret" }));
    expect(status).toBe(500);
    expect(text).not.toMatch(/minimum|secret|getUser|#/);
    expect(String(strict.lines[0]?.fields["error"])).toContain(
      "body/id (minimum)",
    );
  });

  it("development names what was left out, once for each place", async () => {
    const service = await start({});
    const body = {
      ...user,
      hash: "x",
      nothing: undefined,
      friends: [
        { ...user, salt: "x" },
        { ...user, salt: "y" },
      ],
    };
    const answer = ok(body, { "x-page": 1, "x-more": 2 });
    for (let round = 0; round < 2; round++) await get(service, answer);
    expect(
      service.lines.map(({ level, fields }) => [level, fields["dropped"]]),
    ).toEqual([
      ["warn", ["body /hash", "body /friends/0/salt", "header x-more"]],
    ]);
  });

  it("lies apart, and is not there when the config says so", async () => {
    const files = output.files.map(({ path }) => path);
    expect(files.filter((path) => path.startsWith("response-checks/"))).toEqual(
      ["response-checks/models/root.ts", "response-checks/operations/root.ts"],
    );
    for (const { path, text } of output.files) {
      if (path.startsWith("response-checks/") || !path.endsWith(".ts"))
        continue;
      if (path !== "router.ts")
        expect([path, text]).toEqual([
          path,
          expect.not.stringContaining("response-checks"),
        ]);
    }
    const without = await generated(
      "no-response-checks",
      documentOf(paths, { schemas }),
      { responseChecks: false },
    );
    expect(existsSync(join(without.folder, "response-checks"))).toBe(false);
    const router = without.files.find(({ path }) => path === "router.ts");
    expect(router?.text).not.toContain("hecks");
    const service = await served(without, {
      root: { getUser: () => given, getFree: () => ({ status: 204 }) },
    });
    services.push(service);
    expect((await get(service, ok({ id: 0 }, {}))).status).toBe(200);
  });

  it("compiles under every strict flag", () => {
    expect(compileErrors("response-checks", output, "export {};\n")).toEqual(
      [],
    );
  });
});
