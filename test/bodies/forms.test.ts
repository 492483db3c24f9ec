/** `application/x-www-form-urlencoded` from the document to the handler. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { Running } from "../runtime/fixture/serve.js";
import { serveDocument } from "../service.js";
import { recordingHandlers, SPEC } from "./document.js";

let running: Running;
const { handlers, calls } = recordingHandlers();

beforeAll(async () => {
  running = await serveDocument("bodies-forms", parse(SPEC), handlers);
});
afterAll(() => running.close());

async function send(body: string, path = "/form") {
  const response = await fetch(running.url + path, {
    method: "POST",
    body,
    headers: { "content-type": "application/x-www-form-urlencoded" },
  });
  const answer: unknown = await response.json();
  return { status: response.status, answer };
}

describe("a form", () => {
  it.each([
    ["count=1", { count: 1, mode: "fast" }],
    ["count=1&mode=slow&id=9", { count: 1, mode: "slow" }],
    ["count=1&paid=true&price=1.5e1", { count: 1, paid: true, price: 15 }],
    ["count=1&tags=a&tags=b%2Cc", { count: 1, tags: ["a", "b,c"] }],
    ["count=1&tags=a", { count: 1, tags: ["a"] }],
    ["count=1&numbers=1&numbers=2", { count: 1, numbers: [1, 2] }],
    ["count=1&colors=red|blue%7Cgreen", { colors: ["red", "blue", "green"] }],
    ["count=1&sizes=1,2", { sizes: [1, 2] }],
    ["count=1&sizes=", { sizes: [] }],
    ["count=1&filter[from]=1&filter%5Bto%5D=2", { filter: { from: 1, to: 2 } }],
    ["count=1&x=3&y=4", { count: 1, point: { x: 3, y: 4 } }],
    ["count=1&codes=[1,2]", { codes: [1, 2] }],
    ["count=1&codes=1&codes=2", { codes: [1, 2] }],
    [
      "count=1&address=%7B%22city%22%3A%22Bern%22%7D",
      { address: { city: "Bern" } },
    ],
    ["count=1&note=a/b?c:d", { note: "a/b?c:d" }],
    ["count=1&note=a+b%2Bc&tags=%C3%A9", { note: "a b+c", tags: ["é"] }],
  ])("%s is read by its contract", async (body, want) => {
    const { status, answer } = await send(body);
    expect({ status, answer }).toMatchObject({
      status: 200,
      answer: { seen: { mode: expect.any(String), ...want } },
    });
  });

  it.each([
    ["", undefined],
    ["paid=true", "#/count:required"],
    ["count=x", "#/count:type"],
    ["count=1.0", "#/count:type"],
    ["count=0", "#/count:minimum"],
    ["count=01", "#/count:type"],
    ["count=1&count=2", "#/count:repeated"],
    ["count=1&tags=a&tags=b&tags=c&tags=d", "#/tags:maxItems"],
    ["count=1&other=1", "#/other:additionalProperties"],
    ["count=1&note[a][b]=1", "#/note%5Ba%5D%5Bb%5D:additionalProperties"],
    ["count=1&filter[from=1", "#/filter:style"],
    ["count=1&filter[from]=x", "#/filter/from:type"],
    ["count=1&address=%7B", "#/address:json"],
    ["count=1&address=%7B%7D", "#/address/city:required"],
    ["count=1&__proto__=1", "#/__proto__:additionalProperties"],
    ["count=1&note=%zz", undefined],
    ["count=1&note=%ff", undefined],
    ["count=1&note=%00", undefined],
  ])("%s is refused", async (body, want) => {
    const before = calls.length;
    const { status, answer } = await send(body);
    expect(status).toBe(400);
    expect(calls.length).toBe(before);
    const { errors = [] } = answer as {
      errors?: { pointer: string; code: string }[];
    };
    const found = errors.map(({ pointer, code }) => `${pointer}:${code}`);
    if (want !== undefined) expect(found).toContain(want);
  });

  it("types free members by their schema", async () => {
    expect(await send("a=1&b=2", "/open-form")).toEqual({
      status: 200,
      answer: { seen: { a: 1, b: 2 } },
    });
    expect((await send("a=1&b=x", "/open-form")).status).toBe(400);
    const { answer } = await send("__proto__=1&constructor=2", "/open-form");
    expect(JSON.stringify(answer)).toBe(
      '{"seen":{"__proto__":1,"constructor":2}}'.replace('"__proto__":1,', ""),
    );
  });

  it("has at most a thousand fields (R5)", async () => {
    const fields = (count: number) =>
      Array.from({ length: count }, (_, at) => `a${at}=1`).join("&");
    expect((await send(fields(1000), "/open-form")).status).toBe(200);
    expect((await send(fields(1001), "/open-form")).status).toBe(413);
  });
});
