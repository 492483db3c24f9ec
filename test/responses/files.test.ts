/** Files, bytes and their ranges over real HTTP (RFC 9110 section 14, RFC 6266, RFC 8187). */
import { randomBytes } from "node:crypto";
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { Readable } from "node:stream";
import contentDispositionOf from "content-disposition";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { contentDisposition } from "../../runtime/src/files/content-disposition.js";
import { rangesOf } from "../../runtime/src/files/ranges.js";
import type { file as File } from "../../runtime/src/files/file.js";
import {
  documentOf,
  generated,
  load,
  served,
  type Service,
} from "./service.js";

const content = randomBytes(100_000);
const bytes = (type = "application/octet-stream") => ({
  responses: {
    200: { description: "", content: { [type]: {} } },
    404: { description: "" },
  },
});

const paths = {
  "/file": { get: { operationId: "getFile", ...bytes() } },
  "/named": { get: { operationId: "getNamed", ...bytes("image/*") } },
  "/buffer": { get: { operationId: "getBuffer", ...bytes() } },
  "/tagged": {
    get: {
      operationId: "getTagged",
      responses: {
        200: {
          description: "",
          headers: { ETag: { schema: { type: "string" } } },
          content: { "application/octet-stream": {} },
        },
      },
    },
  },
  "/stream": { get: { operationId: "getStream", ...bytes() } },
  "/short": { get: { operationId: "getShort", ...bytes() } },
  "/below/{path}": {
    get: {
      operationId: "getBelow",
      parameters: [
        {
          name: "path",
          in: "path",
          required: true,
          schema: { type: "string" },
        },
      ],
      ...bytes(),
    },
  },
};

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

describe.each(["createApp", "koa"] as const)("files in %s", (kind) => {
  let service: Service;
  beforeAll(async () => {
    const output = await generated(`files-${kind}`, documentOf(paths));
    const { file } = await load<{ file: typeof File }>(
      output.folder,
      "node_modules/@kontract/runtime/src/index.js",
    );
    const folder = join(output.folder, "data");
    mkdirSync(join(folder, "public"), { recursive: true });
    writeFileSync(join(folder, "blob.bin"), content);
    writeFileSync(join(folder, "public/a.txt"), "public");
    writeFileSync(join(folder, "secret.txt"), "secret");
    writeFileSync(join(folder, "short.bin"), content);
    symlinkSync(join(folder, "secret.txt"), join(folder, "public/link.txt"));
    const blob = join(folder, "blob.bin");
    const answer = (body: unknown) => ({ status: 200, body });
    service = await served(
      output,
      {
        root: {
          getFile: async () => answer(await file(blob)),
          getNamed: async () =>
            answer(
              await file(blob, {
                name: "Übersicht 1.png",
                disposition: "inline",
                type: "image/png",
              }),
            ),
          getTagged: () => answer(content),
          getBuffer: () => answer(new Uint8Array(content)),
          getStream: () => answer(Readable.from([content])),
          getShort: async () => {
            const short = join(folder, "short.bin");
            const body = await file(short);
            truncateSync(short, 10);
            return answer(body);
          },
          getBelow: async ({ params }: { params: { path: string } }) =>
            answer(await file(params.path, { root: join(folder, "public") })),
        },
      },
      {},
      kind,
    );
  });
  afterAll(() => service.close());

  /** Not by fetch, which would ask for compression and hide lengths. */
  const get = (
    path: string,
    headers: Record<string, string> = {},
    method = "GET",
  ): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const sent = request(
        service.url + path,
        { method, headers, agent: false },
        (response) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("error", reject);
          response.on("end", () =>
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              body: Buffer.concat(chunks),
            }),
          );
        },
      );
      sent.on("error", reject);
      sent.end();
    });

  it("sends a file with its length, its date and its name", async () => {
    const { status, headers, body } = await get("/file");
    expect(status).toBe(200);
    expect(body.equals(content)).toBe(true);
    expect(headers["content-length"]).toBe("100000");
    expect(headers["accept-ranges"]).toBe("bytes");
    expect(Date.parse(String(headers["last-modified"]))).toBeGreaterThan(0);
    expect(headers["content-disposition"]).toBeUndefined();
    const named = await get("/named");
    expect(named.headers["content-type"]).toBe("image/png");
    expect(named.headers["content-disposition"]).toBe(
      "inline; filename=\"_bersicht 1.png\"; filename*=UTF-8''%C3%9Cbersicht%201.png",
    );
  });

  it("answers HEAD with the fields of GET and no body", async () => {
    for (const path of ["/file", "/buffer"]) {
      const { status, headers, body } = await get(
        path,
        { Range: "bytes=0-0" },
        "HEAD",
      );
      expect([path, status, headers["content-length"]]).toEqual([
        path,
        200,
        "100000",
      ]);
      expect(body).toHaveLength(0);
    }
  });

  it.each([
    ["bytes=0-0", 0, 0],
    ["bytes=5-9", 5, 9],
    ["bytes=99990-", 99_990, 99_999],
    ["bytes=-10", 99_990, 99_999],
    ["bytes=99999-200000", 99_999, 99_999],
    ["bytes=0-9,5-20", 0, 20],
    ["Bytes=1-1", 1, 1],
  ])("sends the part %s", async (range, start, end) => {
    for (const path of ["/file", "/buffer"]) {
      const { status, headers, body } = await get(path, { Range: range });
      expect(status).toBe(206);
      expect(headers["content-range"]).toBe(`bytes ${start}-${end}/100000`);
      expect(headers["content-length"]).toBe(String(end - start + 1));
      expect(body.equals(content.subarray(start, end + 1))).toBe(true);
    }
  });

  it("sends several parts as multipart/byteranges", async () => {
    const { status, headers, body } = await get("/file", {
      Range: "bytes=90000-90009, 0-4",
    });
    expect(status).toBe(206);
    const [, boundary = ""] =
      /^multipart\/byteranges; boundary=(.+)$/.exec(
        String(headers["content-type"]),
      ) ?? [];
    expect(boundary).not.toBe("");
    expect(headers["content-range"]).toBeUndefined();
    expect(headers["content-length"]).toBe(String(body.length));
    const part = (start: number, end: number) =>
      `Content-Type: application/octet-stream\r\nContent-Range: bytes ${start}-${end}/100000\r\n\r\n${content
        .subarray(start, end + 1)
        .toString("latin1")}`;
    expect(body.toString("latin1")).toBe(
      `--${boundary}\r\n${part(90_000, 90_009)}\r\n--${boundary}\r\n${part(0, 4)}\r\n--${boundary}--\r\n`,
    );
  });

  it.each([
    "bytes=5-1",
    "bytes=a-b",
    "items=0-1",
    "bytes=",
    "bytes=-",
    `bytes=${"0-0,".repeat(40)}1-1`,
    "bytes=0-50000,1-99999",
    "bytes=0-,5-",
  ])("ignores %s", async (range) => {
    const { status, headers } = await get("/file", { Range: range });
    // The last but one covers everything once it is merged.
    if (status === 206)
      expect(headers["content-range"]).toBe("bytes 0-99999/100000");
    else expect(status).toBe(200);
    expect(headers["content-length"]).toBe("100000");
  });

  it("refuses what lies beyond the end with 416 and the length", async () => {
    for (const path of ["/file", "/buffer"]) {
      const { status, headers } = await get(path, { Range: "bytes=100000-" });
      expect([status, headers["content-range"]]).toEqual([
        416,
        "bytes */100000",
      ]);
      expect(headers["content-type"]).toBe("application/problem+json");
    }
  });

  it("If-Range asks for a part only of what the client has", async () => {
    const { headers } = await get("/file");
    const date = String(headers["last-modified"]);
    const part = { Range: "bytes=0-1" };
    expect((await get("/file", { ...part, "If-Range": date })).status).toBe(
      206,
    );
    const old = "Mon, 01 Jan 2001 00:00:00 GMT";
    expect((await get("/file", { ...part, "If-Range": old })).status).toBe(200);
    expect((await get("/file", { ...part, "If-Range": '"x"' })).status).toBe(
      200,
    );
  });

  it("If-Range takes the tag that the runtime has made", async () => {
    const { headers } = await get("/tagged");
    const part = { Range: "bytes=0-1", "If-Range": String(headers["etag"]) };
    expect((await get("/tagged", part)).status).toBe(206);
    const other = { ...part, "If-Range": '"x"' };
    expect((await get("/tagged", other)).status).toBe(200);
  });

  it("knows no ranges of a stream", async () => {
    const { status, headers, body } = await get("/stream", {
      Range: "bytes=0-1",
    });
    expect([status, headers["accept-ranges"]]).toEqual([200, undefined]);
    expect(body.equals(content)).toBe(true);
  });

  it("keeps to the root that the handler names", async () => {
    expect((await get("/below/a.txt")).body.toString()).toBe("public");
    for (const path of [
      "..%2Fsecret.txt",
      "link.txt",
      "nothing.txt",
      "%2Fetc%2Fpasswd",
      ".",
      "..",
      "a.txt%2Fb",
    ]) {
      const { status, body } = await get(`/below/${path}`).catch(() => ({
        status: 404,
        body: Buffer.from(""),
      }));
      expect([path, status]).toEqual([path, 404]);
      expect(body.toString()).not.toContain("secret\n");
    }
  });

  it("cuts the connection when a file becomes shorter than announced", async () => {
    await expect(get("/short")).rejects.toThrow();
  });
});

describe("contentDisposition", () => {
  it.each([
    "plan.pdf",
    "a b.txt",
    'quo"te.txt',
    "back\\slash.txt",
    "50%.txt",
    "naïve.txt",
    "日本語.csv",
    "€ rates.txt",
    "it's (1)*.txt",
    "😀.png",
  ])("%s is read back by another implementation", (name) => {
    const field = contentDisposition("attachment", name);
    expect(/^[\x20-\x7e]*$/.test(field)).toBe(true);
    const { type, parameters } = contentDispositionOf.parse(field);
    expect(type).toBe("attachment");
    const base = name.split("\\").at(-1);
    expect(parameters["filename"]).toBe(base);
  });

  it("takes no folder, line break or half character along", () => {
    expect(contentDisposition("inline", "../../etc/passwd")).toBe(
      "inline; filename=passwd",
    );
    expect(contentDisposition("inline", "a\r\nX: y")).toBe(
      'inline; filename="aX: y"',
    );
    expect(contentDisposition("attachment", "\ud800.txt")).toBe(
      "attachment; filename=_.txt",
    );
    expect(contentDisposition("inline", "")).toBe("inline");
  });
});

describe("rangesOf", () => {
  it("agrees with a count of bytes on every small case", () => {
    for (let size = 1; size <= 4; size++) {
      for (let a = 0; a <= 5; a++) {
        for (let b = 0; b <= 5; b++) {
          const got = rangesOf(`bytes=${a}-${b}`, size);
          const want =
            b < a ? "whole" : a >= size ? "none" : [[a, Math.min(b, size - 1)]];
          expect([size, a, b, got]).toEqual([size, a, b, want]);
          const suffix = rangesOf(`bytes=-${b}`, size);
          const tail = Math.min(b, size);
          expect([size, b, suffix]).toEqual([
            size,
            b,
            tail === 0 ? "none" : [[size - tail, size - 1]],
          ]);
        }
      }
    }
    expect(rangesOf("bytes=0-0", 0)).toBe("whole");
  });

  it("is quick with hostile fields", () => {
    expect(rangesOf(`bytes=${",".repeat(100_000)}`, 10)).toBe("whole");
    expect(rangesOf(`bytes=${"9".repeat(10_000)}-`, 10)).toBe("whole");
  });
});
