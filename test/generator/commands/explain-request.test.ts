/** `kontract explain` for requests: what is said is what the document, the output and the handlers have. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { OperationFacts } from "../../../generator/src/commands/explain-operation.js";
import { putFiles, temporaryFolder } from "../temporary-folder.js";
import { LIBRARY, WITH_CREATE } from "./library-spec.js";
import { runJson, runKontract } from "./run-kontract.js";

const project = fileURLToPath(new URL("../../../", import.meta.url));
const BOOKSTORE = [
  "example-spec/bookstore.yaml",
  "--handlers",
  "example-app/src/handlers",
];

async function facts(cwd: string, ...argv: string[]) {
  const { exit, report } = await runJson(cwd, "explain", ...argv);
  expect(exit).toBe(0);
  return report as unknown as {
    operation: OperationFacts;
    values: Record<string, string>;
  };
}

const lineOf = (path: string, line: number | undefined) =>
  readFileSync(join(project, path), "utf8").split("\n")[(line ?? 0) - 1];

describe("a request of the example", () => {
  it("is explained with places that are the right ones", async () => {
    const { operation, values } = await facts(
      project,
      "GET /books/1",
      ...BOOKSTORE,
    );
    expect(values).toEqual({ bookId: "1" });
    const { handlerPlace, code, spec, answers } = operation;
    expect(operation).toMatchObject({
      id: "getBook",
      handler: "books.getBook",
      security: [],
    });
    expect(
      lineOf("example-app/src/handlers/books.ts", handlerPlace?.line),
    ).toContain("getBook(");
    expect(lineOf("generated/operations/books.ts", code.line)).toContain(
      "export const getBook",
    );
    expect(spec.file).toBe("example-spec/paths/books.yaml");
    expect(lineOf(spec.file, spec.line)).toBe("  get:");
    expect(answers.map(({ status }) => status)).toEqual([200, 304, 400, 404]);
  });

  it("tells who may, what it may carry, and what is done around it", async () => {
    const { stdout } = await runKontract(
      project,
      "explain",
      "createOrder",
      ...BOOKSTORE,
    );
    for (const line of [
      /^POST \/orders\n {2}Buy books\.\n/,
      /\nWho may\n {2}session \(Authorization: bearer\)\n/,
      /\n {2}header {2}Idempotency-Key {2}optional {2}string, at most 255 characters {2}simple/,
      /\nBody\n {2}required {2}1 MiB at most.*\n {2}application\/json {2}Order\n/,
      /\n {2}idempotency +idempotency-key optional, answers 2XX, 4XX kept for 1 d\n/,
      /\n {2}201 {2}application\/json {2}Order +headers location +example-spec\//,
    ]) {
      expect(stdout).toMatch(line);
    }
  });

  it("tells the pages, filters and orders of a list", async () => {
    const { operation } = await facts(project, "GET /books", ...BOOKSTORE);
    expect(operation.policies.map(({ name }) => name)).toEqual([
      "rate limit",
      "cache headers",
      "conditional",
      "cache",
      "timeout",
      "links",
      "pagination",
      "filter",
      "sort",
      "fields",
    ]);
    const limit = operation.parameters.find(({ name }) => name === "limit");
    expect(limit).toMatchObject({
      schema: "integer, 1 to 100",
      default: "20",
      written: "form, exploded",
    });
  });
});

describe("which operation", () => {
  const PATHS = `openapi: 3.1.0
info: { title: Paths, version: "1" }
paths:
  /a/{x}: { get: { operationId: any, responses: { "204": { description: d } } }, delete: { operationId: gone, responses: { "204": { description: d } } } }
  /a/{x}.json: { get: { operationId: file, responses: { "204": { description: d } } } }
  /a/me: { get: { operationId: me, responses: { "204": { description: d } } } }
`;

  it.each([
    ["GET /a/1", "any"],
    ["get  /a/1?x=2 ", "any"],
    ["HEAD /a/1", "any"],
    ["GET /a/b.json", "file"],
    ["GET /a/me", "me"],
    ["DELETE /a/me", "gone"],
    ["GET /a/%6De", "me"],
    ["GET /a/{x}.json", "file"],
    ["file", "file"],
    ["root.gone", "gone"],
  ])("%s is %s", async (text, id) => {
    const cwd = temporaryFolder({ "api.yaml": PATHS });
    expect((await facts(cwd, text, "api.yaml")).operation.id).toBe(id);
  });

  it("says what is allowed where the method is not", async () => {
    const cwd = temporaryFolder({ "api.yaml": PATHS });
    const { exit, stdout } = await runKontract(
      cwd,
      "explain",
      "POST /a/me",
      "api.yaml",
    );
    expect({ exit, stdout }).toEqual({
      exit: 0,
      stdout:
        "POST /a/me\n  405 Method Not Allowed\n  Allow: DELETE, GET, HEAD, OPTIONS\n",
    });
  });

  it.each(["GET /b", "nobody", "KT9", "KT9999"])(
    "%s is wrong usage",
    async (text) => {
      const cwd = temporaryFolder({ "api.yaml": PATHS });
      const { exit, stdout } = await runKontract(
        cwd,
        "explain",
        text,
        "api.yaml",
      );
      expect({ exit, stdout }).toEqual({ exit: 2, stdout: "" });
    },
  );
});

describe("its handler", () => {
  it("is not written yet, and then stands at its line", async () => {
    const cwd = temporaryFolder({ "api.yaml": LIBRARY });
    const before = await runKontract(cwd, "explain", "getBook", "api.yaml");
    expect(before.stdout).toContain(
      "books.getBook   not written yet: `kontract generate` adds a stub",
    );
    await runKontract(cwd, "generate", "api.yaml");
    putFiles(cwd, { "api.yaml": WITH_CREATE });
    const after = await runKontract(cwd, "explain", "getBook", "api.yaml");
    expect(after.stdout).toContain("books.getBook   handlers/books.ts:6\n");
    const missing = await facts(cwd, "createBook", "api.yaml");
    expect(missing.operation.handlerPlace).toBeUndefined();
  });

  it("lets no text of the document steer the terminal", async () => {
    const cwd = temporaryFolder({
      "api.yaml": LIBRARY.replace("Fetch one book", '"\\e[2J\\u202E pretty"'),
    });
    const { stdout } = await runKontract(cwd, "explain", "getBook", "api.yaml");
    expect(stdout).toContain("pretty");
    expect(stdout).not.toMatch(/[\u001b\u202e]/);
  });
});
