/** What clients are told of an operation's end, from the document to the wire. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Running } from "../fixture/serve.js";
import { serveDocument } from "../../service.js";

const id = {
  name: "id",
  in: "path",
  required: true,
  schema: { type: "string" },
};
const responses = { "204": { description: "Nothing" } };
const document = {
  openapi: "3.1.0",
  info: { title: "Shelf", version: "1" },
  tags: [{ name: "old", "x-sunset": "2026-12-31T23:59:59Z" }],
  paths: {
    "/v1/books/{id}": {
      parameters: [id],
      get: {
        operationId: "getBook",
        tags: ["old"],
        deprecated: true,
        "x-deprecated-since": "2023-07-01",
        "x-replaced-by": "getBookAgain",
        externalDocs: { url: "https://example.com/move" },
        responses,
      },
    },
    "/v2/books/{id}": {
      parameters: [id],
      get: { operationId: "getBookAgain", responses },
    },
  },
};

describe("an operation with an end", () => {
  let running: Running;
  beforeAll(async () => {
    const answer = ({ params }: { params: { id: string } }) => {
      if (params.id === "boom") throw new Error("boom");
      return { status: 204 };
    };
    running = await serveDocument(
      "deprecation",
      document,
      {
        old: { getBook: answer },
        root: { getBookAgain: answer },
      },
      { logger: { debug() {}, info() {}, warn() {}, error() {} } },
    );
  });
  afterAll(() => running.close());

  it.each([
    ["a b", 204],
    ["boom", 500],
  ])("says so with every answer: %s", async (text, status) => {
    const response = await fetch(
      `${running.url}/v1/books/${encodeURIComponent(text)}`,
    );
    expect(response.status).toBe(status);
    // 2023-07-01T00:00:00Z (RFC 9745 section 2: a structured date).
    expect(response.headers.get("deprecation")).toBe("@1688169600");
    expect(response.headers.get("sunset")).toBe(
      "Thu, 31 Dec 2026 23:59:59 GMT",
    );
    expect(response.headers.get("link")).toBe(
      `<https://example.com/move>; rel="deprecation", </v2/books/${encodeURIComponent(text)}>; rel="successor-version"`,
    );
  });

  it("is told from one without", async () => {
    const response = await fetch(`${running.url}/v2/books/1`);
    expect(response.status).toBe(204);
    expect(response.headers.get("deprecation")).toBeNull();
    expect(response.headers.get("sunset")).toBeNull();
    expect(response.headers.get("link")).toBeNull();
  });
});
