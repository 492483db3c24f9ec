/** No spelling, coding or framing gets a body past its check (R1), and what is refused is told why. */
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { type Running, talk } from "../runtime/fixture/serve.js";
import { serveDocument } from "../service.js";
import { recordingHandlers, SPEC } from "./document.js";

let running: Running;
const { handlers, calls } = recordingHandlers();

beforeAll(async () => {
  running = await serveDocument("bodies-media-types", parse(SPEC), handlers);
});
afterAll(() => running.close());

/** Ways to write a media type, and whether each is that type. */
const SPELLINGS: readonly [(type: string) => string, boolean][] = [
  [(type) => type, true],
  [(type) => type.toUpperCase(), true],
  [(type) => `${type};charset=utf-8`, true],
  [(type) => `${type} ; Charset="UTF-8"`, true],
  [(type) => `${type};`, true],
  [(type) => ` ${type}`, true],
  [(type) => `${type};charset=latin1`, false],
  [(type) => `${type},${type}`, false],
  [(type) => `${type};charset=utf-8;charset=utf-16`, false],
  [(type) => `x${type}`, false],
  [(type) => `${type}x`, false],
  [(type) => type.replace("/", " / "), false],
  [(type) => `${type};=`, false],
];

interface Target {
  path: string;
  method: string;
  type: string;
  /** Fits the media type, and breaks the schema. */
  bad: string;
}

const TARGETS: readonly Target[] = [
  {
    path: "/json",
    method: "POST",
    type: "application/json",
    bad: '{"size":1}',
  },
  {
    path: "/form",
    method: "POST",
    type: "application/x-www-form-urlencoded",
    bad: "count=x",
  },
  {
    path: "/upload",
    method: "POST",
    type: "multipart/form-data;boundary=b",
    bad: '--b\r\nContent-Disposition: form-data; name="title"\r\n\r\nx\r\n--b--\r\n',
  },
  {
    path: "/mixed",
    method: "POST",
    type: "multipart/mixed;boundary=b",
    bad: "--b\r\nContent-Type: application/json\r\n\r\n{}\r\n--b--\r\n",
  },
  {
    path: "/list",
    method: "POST",
    type: "application/x-ndjson",
    bad: "1\n2\n3\n",
  },
  {
    path: "/merge",
    method: "PATCH",
    type: "application/merge-patch+json",
    bad: '{"name":1}',
  },
  {
    path: "/patch",
    method: "PATCH",
    type: "application/json-patch+json",
    bad: '[{"op":"x"}]',
  },
  { path: "/several", method: "POST", type: "application/json", bad: "{}" },
  {
    path: "/several",
    method: "POST",
    type: "application/x-www-form-urlencoded",
    bad: "count=x",
  },
  { path: "/several", method: "POST", type: "text/plain", bad: "too long" },
  { path: "/same", method: "POST", type: "text/json", bad: "{}" },
  { path: "/same", method: "POST", type: "application/vnd.x+json", bad: "{}" },
  {
    path: "/vendor",
    method: "POST",
    type: "application/vnd.thing.v1+json",
    bad: "{}",
  },
  { path: "/any", method: "POST", type: "application/json", bad: "{}" },
  { path: "/any", method: "POST", type: "application/xml", bad: "<a/>" },
  { path: "/text", method: "POST", type: "text/markdown", bad: "no" },
];

const CODINGS = ["", "identity", "gzip", "br", "gzip, gzip", "x"];
const FRAMINGS = ["length", "chunked", "split"] as const;

async function exchange(
  { path, method, bad }: Target,
  type: string,
  coding: string,
  framing: (typeof FRAMINGS)[number],
): Promise<number> {
  const connection = await talk(running.port);
  const body = Buffer.from(
    coding === "gzip" ? gzipSync(bad) : Buffer.from(bad),
  ).toString("latin1");
  const head = [
    `${method} ${path} HTTP/1.1`,
    "Host: a",
    "Connection: close",
    `Content-Type: ${type}`,
    ...(coding === "" ? [] : [`Content-Encoding: ${coding}`]),
    framing === "length" || framing === "split"
      ? `Content-Length: ${body.length}`
      : "Transfer-Encoding: chunked",
  ].join("\r\n");
  if (framing === "chunked") {
    const middle = Math.floor(body.length / 2);
    const chunks = [body.slice(0, middle), body.slice(middle), ""]
      .map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`)
      .join("");
    connection.send(`${head}\r\n\r\n${chunks}`);
  } else if (framing === "split") {
    connection.send(`${head}\r\n\r\n`);
    const middle = Math.floor(body.length / 2);
    connection.send(body.slice(0, middle));
    await new Promise(setImmediate);
    connection.send(body.slice(middle));
  } else connection.send(`${head}\r\n\r\n${body}`);
  const text = await connection.until(/^HTTP\/1\.1 \d{3}/);
  connection.socket.destroy();
  return Number(text.slice(9, 12));
}

describe("every media type, spelling, coding and framing", () => {
  it.each(TARGETS)("of $method $path with $type", async (target) => {
    const before = calls.length;
    const found = new Set<string>();
    for (const [spell, isThatType] of SPELLINGS) {
      for (const coding of CODINGS) {
        const all = await Promise.all(
          FRAMINGS.map((framing) =>
            exchange(target, spell(target.type), coding, framing),
          ),
        );
        for (const status of all) {
          const plain = coding === "" || coding === "identity";
          const kind = `${isThatType && plain ? "that type" : "another"} ${status}`;
          found.add(kind);
        }
      }
    }
    expect(calls.length - before).toBe(0);
    const refused = target.path === "/json" ? 422 : 400;
    const status = target.type === "application/xml" ? 415 : refused;
    // What is that type is checked, and found wanting.
    expect([...found].filter((each) => each.startsWith("that"))).toEqual([
      `that type ${status}`,
    ]);
    expect(
      [...found].filter((each) => !/ (?:400|415|422)$/.test(each)),
    ).toEqual([]);
  });
});

describe("what is refused", () => {
  const post = (path: string, init: RequestInit) =>
    fetch(running.url + path, { method: "POST", ...init });

  it("is told what would be taken (Accept-Post, Accept-Patch, Accept-Encoding)", async () => {
    const type = await post("/several", {
      body: "x",
      headers: { "content-type": "image/png" },
    });
    expect([type.status, type.headers.get("accept-post")]).toEqual([
      415,
      "application/json, application/x-www-form-urlencoded, text/plain, application/octet-stream",
    ]);
    const patch = await fetch(`${running.url}/merge`, {
      method: "PATCH",
      body: "{}",
      headers: { "content-type": "application/json" },
    });
    expect([patch.status, patch.headers.get("accept-patch")]).toEqual([
      415,
      "application/merge-patch+json",
    ]);
    const coding = await post("/json", {
      body: gzipSync('{"name":"a"}'),
      headers: {
        "content-type": "application/json",
        "content-encoding": "gzip",
      },
    });
    expect([coding.status, coding.headers.get("accept-encoding")]).toEqual([
      415,
      "identity",
    ]);
  });

  it("is refused at once, by what is declared, by what is counted, and before it is asked for (R9)", async () => {
    const declared = await talk(running.port);
    declared.send(
      "POST /small HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n",
    );
    await declared.until(/^HTTP\/1\.1 413/);
    const counted = await talk(running.port);
    counted.send(
      `POST /small HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n20\r\n"${"x".repeat(31)}\r\n`,
    );
    await counted.until(/^HTTP\/1\.1 413/);
    for (const [type, length, want] of [
      ["application/json", 1000, 413],
      ["image/png", 5, 415],
    ] as const) {
      const asking = await talk(running.port);
      asking.send(
        `POST /small HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Type: ${type}\r\nContent-Length: ${length}\r\n\r\n`,
      );
      await asking.until(new RegExp(`^HTTP/1\\.1 ${want}`));
      asking.socket.destroy();
    }
    const binary = await fetch(`${running.url}/bytes`, {
      method: "PUT",
      body: new Uint8Array(100_001),
      headers: { "content-type": "application/octet-stream" },
    });
    expect(binary.status).toBe(413);
    declared.socket.destroy();
    counted.socket.destroy();
  });

  it("does not hold for an operation without a body, whose client may send one", async () => {
    const response = await post("/none", { body: "x".repeat(1000) });
    expect(await response.json()).toEqual({ seen: null });
  });
});

describe("what is taken", () => {
  it.each<[string, string, string, string, unknown]>([
    [
      "POST",
      "/json",
      "application/json",
      '\ufeff{"name":"a"}',
      { name: "a", size: 7 },
    ],
    [
      "POST",
      "/json",
      "application/json",
      '{"name":"b","name":"a","id":"1"}',
      { name: "a", size: 7 },
    ],
    [
      "POST",
      "/several",
      "application/json",
      '{"name":"a"}',
      { contentType: "application/json", value: { name: "a", size: 7 } },
    ],
    [
      "POST",
      "/several",
      "application/x-www-form-urlencoded",
      "count=2",
      { contentType: "application/x-www-form-urlencoded", value: { count: 2 } },
    ],
    [
      "POST",
      "/several",
      "text/plain",
      "abc",
      { contentType: "text/plain", value: "abc" },
    ],
    [
      "POST",
      "/several",
      "application/octet-stream",
      "abc",
      { contentType: "application/octet-stream", value: { size: 3 } },
    ],
    [
      "POST",
      "/same",
      "application/ld+json",
      '{"name":"a"}',
      { name: "a", size: 7 },
    ],
    [
      "POST",
      "/any",
      "application/json",
      '{"name":"a"}',
      { name: "a", size: 7 },
    ],
    ["POST", "/text", "text/html", "ok!", "ok!"],
    ["PUT", "/bytes", "application/octet-stream", "abc", { size: 3 }],
    [
      "PATCH",
      "/merge",
      "application/merge-patch+json",
      '{"name":null,"id":"x"}',
      { name: null },
    ],
    [
      "PATCH",
      "/patch",
      "application/json-patch+json",
      '[{"op":"add","path":"/a"}]',
      [{ op: "add", path: "/a" }],
    ],
    ["POST", "/list", "application/x-ndjson", "1\n\n2\r\n", [1, 2]],
    [
      "POST",
      "/lines",
      "application/jsonl",
      '{"name":"a"}\n{"name":"b","size":1}',
      {
        items: [
          { name: "a", size: 7 },
          { name: "b", size: 1 },
        ],
      },
    ],
    [
      "POST",
      "/sequence",
      "application/json-seq",
      "\u001e1\n\u001e2\n",
      { items: [1, 2] },
    ],
  ])("by %s %s as %s", async (method, path, type, body, want) => {
    const response = await fetch(running.url + path, {
      method,
      body,
      headers: { "content-type": type },
    });
    expect([response.status, await response.json()]).toEqual([
      200,
      { seen: want },
    ]);
  });
});
