/** Content codings, JSON rules and rows of JSON, with what they may cost. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { request } from "node:http";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { Running } from "../runtime/fixture/serve.js";
import { serveDocument } from "../service.js";
import { recordingHandlers, SPEC } from "./document.js";

let open: Running;
let strict: Running;
const { handlers, calls } = recordingHandlers();

beforeAll(async () => {
  const document = parse(SPEC) as object;
  open = await serveDocument("bodies-limits", document, handlers, {
    decompress: true,
    limits: { body: 10_000, members: 100 },
  });
  strict = await serveDocument("bodies-strict", document, handlers, {
    strictJson: true,
  });
});
afterAll(async () => {
  await open.close();
  await strict.close();
});

async function post(
  running: Running,
  path: string,
  body: Uint8Array | string,
  headers: Record<string, string>,
): Promise<{ status: number; headers: Headers; answer: unknown }> {
  const response = await fetch(running.url + path, {
    method: path === "/bytes" ? "PUT" : "POST",
    body: typeof body === "string" ? body : new Uint8Array(body),
    headers,
  });
  const answer: unknown = await response.json();
  return { status: response.status, headers: response.headers, answer };
}

const JSON_TYPE = { "content-type": "application/json" };

describe("content codings that are switched on", () => {
  it.each([
    ["gzip", gzipSync],
    ["x-gzip", gzipSync],
    ["GZIP", gzipSync],
    ["deflate", deflateSync],
    ["br", brotliCompressSync],
  ])("%s is undone, for every codec", async (coding, compress) => {
    const coded = { "content-encoding": coding };
    const form = { "content-type": "application/x-www-form-urlencoded" };
    const multipart = { "content-type": "multipart/form-data; boundary=b" };
    const lines = { "content-type": "application/jsonl" };
    const bytes = { "content-type": "application/octet-stream" };
    const part =
      '--b\r\nContent-Disposition: form-data; name="title"\r\n\r\nt\r\n--b--';
    for (const [path, type, body, want] of [
      ["/json", JSON_TYPE, '{"name":"a"}', { name: "a", size: 7 }],
      ["/form", form, "count=1", { count: 1, mode: "fast" }],
      ["/streams", multipart, part, { title: "t" }],
      ["/lines", lines, '{"name":"a"}', { items: [{ name: "a", size: 7 }] }],
      ["/bytes", bytes, "x".repeat(5000), { size: 5000 }],
    ] as const) {
      const { status, answer } = await post(open, path, compress(body), {
        ...type,
        ...coded,
      });
      expect([path, status, answer]).toEqual([path, 200, { seen: want }]);
    }
  });

  it("count what comes out: a small bomb is 413, buffered or not", async () => {
    const before = calls.length;
    const bomb = gzipSync(Buffer.alloc(20_000_000, " "));
    expect(bomb.length).toBeGreaterThan(10_000);
    const small = gzipSync(Buffer.alloc(2_000_000, " "));
    expect(small.length).toBeLessThan(10_000);
    const coded = { "content-encoding": "gzip" };
    for (const body of [bomb, small]) {
      const { status } = await post(open, "/json", body, {
        ...JSON_TYPE,
        ...coded,
      });
      expect(status).toBe(413);
    }
    expect(calls.length).toBe(before);
    const stream = await post(open, "/bytes", gzipSync(Buffer.alloc(200_000)), {
      "content-type": "application/octet-stream",
      ...coded,
    });
    expect(stream.status).toBe(413);
  });

  it("are 400 when the bytes are not in them, and 415 when they are unknown", async () => {
    const broken = await post(open, "/json", "{}", {
      ...JSON_TYPE,
      "content-encoding": "gzip",
    });
    expect(broken.status).toBe(400);
    const cut = gzipSync('{"name":"a"}').subarray(0, 12);
    expect(
      (
        await post(open, "/json", cut, {
          ...JSON_TYPE,
          "content-encoding": "gzip",
        })
      ).status,
    ).toBe(400);
    const other = await post(open, "/json", "{}", {
      ...JSON_TYPE,
      "content-encoding": "zstd",
    });
    expect([other.status, other.headers.get("accept-encoding")]).toEqual([
      415,
      "gzip, deflate, br",
    ]);
    const twice = await post(open, "/json", "{}", {
      ...JSON_TYPE,
      "content-encoding": "gzip, gzip",
    });
    expect(twice.status).toBe(415);
  });
});

describe("JSON", () => {
  it.each([
    ['{"name":"a","name":"b"}', 400],
    ['{"name":"a","n\\u0061me":"b"}', 400],
    ['[{"name":"a"},{"name":"b"}]', 422],
    ['{"name":"\\"name\\":1,{}[]"}', 200],
    ['{"name":"a","size":1}', 200],
  ])("in strict mode: %s is %i", async (body, want) => {
    expect((await post(strict, "/json", body, JSON_TYPE)).status).toBe(want);
  });

  it("has a bound on its members", async () => {
    const members = (count: number) =>
      `{${Array.from({ length: count }, (_, at) => `"a${at}":1`).join(",")}}`;
    expect((await post(open, "/json", members(100), JSON_TYPE)).status).toBe(
      422,
    );
    expect((await post(open, "/json", members(101), JSON_TYPE)).status).toBe(
      400,
    );
  });
});

describe("rows of JSON", () => {
  const type = { "content-type": "application/jsonl" };

  it.each([
    ['{"name":"a"}\n{"size":1}', 422, "#/1/name"],
    ['{"name":"a"}\n{', 400, undefined],
    [`{"name":"a"}\n${"x".repeat(10_001)}`, 413, undefined],
    ['{"name":"\xff"}', 200, undefined],
  ])("end with the first that is wrong: %#", async (body, want, pointer) => {
    const { status, answer } = await post(open, "/lines", body, type);
    expect(status).toBe(want);
    const { errors = [] } = answer as { errors?: { pointer: string }[] };
    expect(errors[0]?.pointer).toBe(pointer);
  });

  it("reach the handler one by one, and leave the connection whole when it stops", async () => {
    const seen: unknown[] = [];
    handlers.bodies["lines"] = async ({
      body,
    }: {
      body: AsyncIterable<unknown>;
    }) => {
      for await (const each of body) {
        seen.push(each);
        if (seen.length === 2) break;
      }
      return { status: 200, body: { seen: seen.length } };
    };
    const client = request(`${open.url}/lines`, {
      method: "POST",
      headers: type,
    });
    const answered = once(client, "response");
    client.write('{"name":"a"}\n{"na');
    while (seen.length === 0)
      await new Promise((resolve) => setTimeout(resolve, 5));
    expect(seen).toEqual([{ name: "a", size: 7 }]);
    client.write('me":"b"}\n{"name":"c"}\n');
    const [response] = await answered;
    expect(response.statusCode).toBe(200);
    response.resume();
    client.end();
  });
});

it("a service survives hundreds of broken uploads, and its memory stays flat (R6)", async () => {
  const child = spawn(
    process.execPath,
    [
      "--expose-gc",
      "--max-old-space-size=96",
      "--conditions=@kontract/source",
      "--import",
      "tsx",
      fileURLToPath(new URL("soak.ts", import.meta.url)),
    ],
    {
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, NODE_ENV: "production" },
    },
  );
  let text = "";
  child.stdout.on("data", (chunk: Buffer) => (text += chunk.toString()));
  const [code] = await once(child, "close");
  expect(code).toBe(0);
  const { answers, before, after } = JSON.parse(text) as {
    answers: Record<string, number>;
    before: number;
    after: number;
  };
  expect(Object.keys(answers).toSorted()).toEqual([
    "200",
    "400",
    "413",
    "gone",
  ]);
  // What was uploaded in between is four times as much.
  expect(after).toBeLessThan(before + 24 * 1024 * 1024);
});
