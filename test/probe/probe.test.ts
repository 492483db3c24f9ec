/** `kontract test`: against a mock there is nothing to find, against servers with planted faults each of them is found. */
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { runJson, runKontract } from "../generator/commands/run-kontract.js";
import { temporaryFolder } from "../generator/temporary-folder.js";
import { startMock } from "../mock/start-mock.js";
import { shared, sharedAvailable } from "../shared.js";

const book = {
  type: "object",
  required: ["id", "title"],
  properties: {
    id: { type: "integer", minimum: 1, readOnly: true },
    title: { type: "string", minLength: 1, maxLength: 80 },
    pages: { type: "integer", minimum: 1 },
  },
};
const json = { "application/json": { schema: book } };

const DOCUMENT = {
  openapi: "3.1.0",
  info: { title: "Books", version: "1" },
  paths: {
    "/books": {
      get: {
        operationId: "findBook",
        parameters: [
          {
            name: "q",
            in: "query",
            required: true,
            schema: { type: "string" },
          },
          {
            name: "page",
            in: "query",
            schema: { type: "integer", minimum: 1 },
          },
        ],
        responses: {
          "200": { description: "found", content: json },
          "400": { description: "refused" },
        },
      },
      post: {
        operationId: "addBook",
        requestBody: { required: true, content: json },
        responses: {
          "201": { description: "added", content: json },
          "400": { description: "refused" },
        },
      },
    },
  },
};

const BOOK = { id: 1, title: "Dune" };

function answer(
  res: ServerResponse,
  status: number,
  body?: object,
  type = "application/json",
) {
  if (body === undefined) res.writeHead(status).end();
  else
    res.writeHead(status, { "content-type": type }).end(JSON.stringify(body));
}

type Faults = "status" | "body" | "type" | "lax" | "none";

/** Keeps to the document, but for one fault. */
async function serveBooks(fault: Faults) {
  const server = createServer((req, res) => {
    let text = "";
    req.on("data", (chunk: Buffer) => (text += String(chunk)));
    req.on("end", () => {
      const { searchParams } = new URL(req.url ?? "", "http://a");
      const page = searchParams.get("page") ?? "1";
      if (req.method === "GET") {
        const isRight = searchParams.has("q") && /^[1-9]\d*$/.test(page);
        if (!isRight) return answer(res, 400);
        if (fault === "status") return answer(res, 418);
        if (fault === "type") return answer(res, 200, BOOK, "text/html");
        return answer(res, 200, fault === "body" ? { title: "Dune" } : BOOK);
      }
      if (fault === "lax" || isBook(text)) return answer(res, 201, BOOK);
      return answer(res, 400);
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function isBook(text: string): boolean {
  try {
    const { title, pages = 1 }: { title?: unknown; pages?: unknown } = Object(
      JSON.parse(text),
    );
    const isTitle =
      typeof title === "string" && title.length > 0 && title.length <= 80;
    return isTitle && Number.isInteger(pages) && Number(pages) >= 1;
  } catch {
    return false;
  }
}

async function findingsOf(fault: Faults) {
  const folder = temporaryFolder({ "api.json": JSON.stringify(DOCUMENT) });
  const server = await serveBooks(fault);
  try {
    return await runKontract(folder, "test", "api.json", "--url", server.url);
  } finally {
    await server.close();
  }
}

describe("kontract test", () => {
  it("finds nothing in a server that keeps to the document", async () => {
    const { exit, stdout, stderr } = await findingsOf("none");
    expect([exit, stdout]).toEqual([0, ""]);
    expect(stderr).toMatch(/^\d\d+ requests, 0 findings \(seed 1\)$/m);
  });

  it.each([
    ["status", "findBook: the status 418 is not declared"],
    [
      "body",
      "findBook: the body of the 200 answer breaks its schema: `required` at `#/id`",
    ],
    [
      "type",
      "findBook: the media type `text/html` of the 200 answer is not declared",
    ],
    [
      "lax",
      /addBook: a request that breaks the contract \(.*\) is accepted with 201/,
    ],
  ] as const)("finds a planted fault: %s", async (fault, message) => {
    const { exit, stdout } = await findingsOf(fault);
    expect(exit).toBe(1);
    expect(stdout).toMatch(message);
    expect(stdout).toMatch(
      /^ {2}curl -i -X \w+ .*'http:\/\/127\.0\.0\.1:\d+\/books/m,
    );
  });

  it("prints one object, and is repeated by its seed", async () => {
    const folder = temporaryFolder({ "api.json": JSON.stringify(DOCUMENT) });
    const server = await serveBooks("lax");
    const flags = [
      "test",
      "api.json",
      "--url",
      server.url,
      "--seed",
      "9",
      "--requests",
      "2",
    ];
    const { exit, report } = await runJson(folder, ...flags);
    const again = await runJson(folder, ...flags);
    await server.close();
    expect(exit).toBe(1);
    expect(report).toMatchObject({ ok: false, seed: 9 });
    expect({ ...again.report, timings: {} }).toEqual({
      ...report,
      timings: {},
    });
  });

  it("refuses wrong usage, and says when nobody answers", async () => {
    const folder = temporaryFolder({ "api.json": JSON.stringify(DOCUMENT) });
    expect((await runKontract(folder, "test", "api.json")).exit).toBe(2);
    const silent = ["--url", "http://127.0.0.1:9", "--requests", "1"];
    const { exit, stdout } = await runKontract(
      folder,
      "test",
      "api.json",
      ...silent,
    );
    expect([exit, stdout]).toEqual([1, expect.stringMatching(/no answer/)]);
  });

  it.runIf(sharedAvailable)(
    "finds nothing in the mock of a real document",
    async () => {
      const spec = shared("specs/real/redocly-museum/openapi.yaml");
      const mock = await startMock(spec);
      const { stdout } = await runKontract(
        "/",
        "test",
        spec,
        "--url",
        mock.url,
      );
      await mock.stop();
      expect(stdout).toBe("");
    },
  );
});
