/** Multipart bodies from the document to the handler (RFC 7578, RFC 2046 5.1). */
import { once } from "node:events";
import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { type Running, talk } from "../runtime/fixture/serve.js";
import { serveDocument } from "../service.js";
import { plain, recordingHandlers, SPEC } from "./document.js";

let running: Running;
const { handlers, calls } = recordingHandlers();
/** What the streaming handler is to do with its file. */
let onStream = (body: object): Promise<unknown> => plain(body);

beforeAll(async () => {
  handlers.bodies["stream"] = async ({ body }: { body: object }) => {
    calls.push("stream");
    return { status: 200, body: { seen: await onStream(body) } };
  };
  running = await serveDocument("bodies-multipart", parse(SPEC), handlers);
});
afterAll(() => running.close());

const PNG = new Blob(["12345"], { type: "image/png" });

interface Answer {
  status: number;
  seen?: unknown;
  detail?: string;
  errors: string[];
}

async function answerOf(response: Response): Promise<Answer> {
  const { seen, detail, errors } = (await response.json()) as {
    seen?: unknown;
    detail?: string;
    errors?: { pointer: string; code: string }[];
  };
  return {
    status: response.status,
    seen,
    ...(detail === undefined ? {} : { detail }),
    errors: (errors ?? []).map(({ pointer, code }) => `${pointer}:${code}`),
  };
}

async function send(
  body: string | Uint8Array<ArrayBuffer>,
  path = "/upload",
  type = "multipart/form-data; boundary=b",
): Promise<Answer> {
  return answerOf(
    await fetch(running.url + path, {
      method: "POST",
      body,
      headers: { "content-type": type },
    }),
  );
}

const part = (headers: string, body: string) =>
  `--b\r\n${headers}\r\n\r\n${body}\r\n`;
const field = (name: string, value: string) =>
  part(`Content-Disposition: form-data; name="${name}"`, value);
const avatar = (headers = "X-Digest: abc\r\n", size = 5) =>
  part(
    `Content-Disposition: form-data; name="avatar"; filename="a.png"\r\n${headers}Content-Type: image/png`,
    "x".repeat(size),
  );
const END = "--b--\r\n";

describe("a multipart form", () => {
  it("gives texts by their schema, JSON parts parsed, and files with name and type", async () => {
    const body =
      field("title", "Tür") +
      field("count", "3") +
      field("tags", "a") +
      field("tags", "b") +
      field("address", '{"city":"Bern"}') +
      avatar() +
      part(
        'Content-Disposition: form-data; name="files"; filename="C:\\dir\\..\\x y.txt"',
        "hello",
      ) +
      END;
    expect(await send(Buffer.from(body))).toEqual({
      status: 200,
      errors: [],
      seen: {
        title: "Tür",
        count: 3,
        tags: ["a", "b"],
        address: { city: "Bern", zip: "0" },
        avatar: { name: "a.png", type: "image/png", size: 5 },
        files: [{ name: "x y.txt", type: "application/octet-stream", size: 5 }],
      },
    });
  });

  it("is what fetch sends of a FormData, but for headers that it cannot set", async () => {
    const form = new FormData();
    form.set("title", "t");
    form.set("avatar", PNG, 'quo"te.png');
    form.append("files", new Blob(["1"]), "ü.bin");
    form.append("files", new Blob(["22"]), "b.bin");
    form.set(
      "address",
      new Blob(['{"city":"B"}'], { type: "application/json" }),
    );
    const response = await fetch(`${running.url}/upload`, {
      method: "POST",
      body: form,
    });
    expect(await answerOf(response)).toMatchObject({
      status: 400,
      errors: ["#/avatar/x-digest:required"],
    });
  });

  it.each<[string, string, string]>([
    ["a missing file", field("title", "t"), "#/avatar:required"],
    ["a missing field", avatar(), "#/title:required"],
    [
      "a text of the wrong type",
      field("title", "t") + field("count", "1.5") + avatar(),
      "#/count:type",
    ],
    [
      "a field twice",
      field("title", "t") + field("title", "u") + avatar(),
      "#/title:repeated",
    ],
    [
      "a file twice",
      field("title", "t") + avatar() + avatar(),
      "#/avatar:repeated",
    ],
    [
      "a file of the wrong type",
      field("title", "t") + avatar().replace("image/png", "text/html"),
      "#/avatar:content",
    ],
    [
      "a file without its header",
      field("title", "t") + avatar(""),
      "#/avatar/x-digest:required",
    ],
    [
      "a header that is too short",
      field("title", "t") + avatar("X-Digest: a\r\n"),
      "#/avatar/x-digest:minLength",
    ],
    [
      "a file that is too large",
      field("title", "t") + avatar(undefined, 1001),
      "#/avatar:maxLength",
    ],
    [
      "JSON that is none",
      field("title", "t") + field("address", "{") + avatar(),
      "#/address:json",
    ],
    [
      "JSON that does not fit",
      field("title", "t") + field("address", "{}") + avatar(),
      "#/address/city:required",
    ],
    [
      "a part that is not declared",
      field("title", "t") + field("other", "t") + avatar(),
      "#/other:additionalProperties",
    ],
    [
      "a charset that is not UTF-8",
      part(
        'Content-Disposition: form-data; name="title"\r\nContent-Type: text/plain; charset=latin1',
        "t",
      ) + avatar(),
      "#/title:content",
    ],
    [
      "too many files",
      field("title", "t") + avatar() + field("files", "1").repeat(3),
      "#/files:maxItems",
    ],
  ])("with %s never reaches the handler", async (_, body, want) => {
    const before = calls.length;
    const { status, errors } = await send(body + END);
    expect({ status, errors }).toEqual({ status: 400, errors: [want] });
    expect(calls.length).toBe(before);
  });

  /** All of them end with an answer, and the connection goes on or is closed: none hangs, none crashes. */
  it.each<[string, string, number, string?]>([
    ["nothing", "", 400],
    ["no boundary at all", "hello", 400],
    ["an end only", END, 400],
    ["no end", field("title", "t"), 400],
    ["an end inside of headers", "--b\r\nContent-Disposition: form-data", 400],
    [
      "a boundary inside of headers",
      "--b\r\nContent-Disposition: form-data\r\n--b--\r\n",
      400,
    ],
    ["no headers", "--b\r\n\r\nx\r\n--b--\r\n", 400],
    ["no name", part("Content-Disposition: form-data", "x") + END, 400],
    ["no disposition", part("Content-Type: text/plain", "x") + END, 400],
    [
      "an open quote",
      part('Content-Disposition: form-data; name="title', "x") + END,
      400,
    ],
    [
      "a name twice",
      part('Content-Disposition: form-data; name=title; name="count"', "x") +
        END,
      400,
    ],
    [
      "a type that is none",
      part(
        'Content-Disposition: form-data; name="title"\r\nContent-Type: text',
        "x",
      ) + END,
      400,
    ],
    [
      "a transfer encoding",
      part(
        'Content-Disposition: form-data; name="title"\r\nContent-Transfer-Encoding: base64',
        "eA==",
      ) + END,
      400,
    ],
    [
      "octets that are no UTF-8",
      part('Content-Disposition: form-data; name="title"', "\xff") + END,
      400,
    ],
    [
      "line feeds only",
      `--b\nContent-Disposition: form-data; name="title"\n\nx\n--b--\n`,
      400,
    ],
    [
      "a header that is too large",
      part(
        `Content-Disposition: form-data; name="title"\r\nX-Large: ${"x".repeat(9000)}`,
        "x",
      ) + END,
      413,
    ],
    [
      "a header that is far too large",
      part(
        `X-Large: ${"x".repeat(90_000)}\r\nContent-Disposition: form-data; name="title"`,
        "x",
      ) + END,
      413,
    ],
    [
      "too many headers",
      part(
        `Content-Disposition: form-data; name="title"\r\n${Array.from({ length: 40 }, (_, at) => `X-${at}: 1`).join("\r\n")}`,
        "x",
      ) + END,
      413,
    ],
    ["too many parts", field("tags", "x").repeat(101) + END, 413],
    [
      "too many files",
      part(
        'Content-Disposition: form-data; name="files"; filename="a"',
        "x",
      ).repeat(21) + END,
      413,
    ],
    [
      "a field that is too large",
      field("title", "x".repeat(256 * 1024 + 1)) + END,
      413,
    ],
    [
      "too much in all",
      part(
        'Content-Disposition: form-data; name="files"; filename="a"',
        "x".repeat(600_000),
      ).repeat(2) + END,
      413,
    ],
    ["no boundary parameter", END, 400, "multipart/form-data"],
    ["an empty boundary", END, 400, 'multipart/form-data; boundary=""'],
    [
      "a boundary that is too long",
      END,
      400,
      `multipart/form-data; boundary=${"b".repeat(71)}`,
    ],
    ["another multipart type", END, 415, "multipart/mixed; boundary=b"],
  ])("of %s is refused (R6)", async (_, body, want, type) => {
    const before = calls.length;
    const { status } = await send(Buffer.from(body, "latin1"), "/upload", type);
    expect(status).toBe(want);
    expect(calls.length).toBe(before);
  });

  it("may have a preamble and an epilogue, and arrive in any pieces", async () => {
    const text = `ignored\r\n${field("title", "a\r\n--x\r\n-")}${avatar()}${END}ignored too`;
    for (const step of [1, 7, text.length]) {
      const { port } = running;
      const connection = await talk(port);
      connection.send(
        `POST /upload HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary="b"\r\nContent-Length: ${text.length}\r\nConnection: close\r\n\r\n`,
      );
      for (let at = 0; at < text.length; at += step) {
        connection.send(text.slice(at, at + step));
        if (step === 7) await new Promise(setImmediate);
      }
      const answer = await connection.until(/\}\}$/);
      expect(answer).toContain('"title":"a\\r\\n--x\\r\\n-"');
      await connection.closed();
    }
  });

  it("leaves an empty file input out", async () => {
    const empty = part(
      'Content-Disposition: form-data; name="files"; filename=""\r\nContent-Type: application/octet-stream',
      "",
    );
    const { status, seen } = await send(
      field("title", "t") + empty + avatar() + END,
    );
    expect(status).toBe(200);
    expect(seen).not.toHaveProperty("files");
  });
});

describe("a file that is read as it arrives", () => {
  const CHUNK = Buffer.alloc(64 * 1024, "x");
  const head = (size: number) =>
    Buffer.from(
      `${field("title", "t")}--b\r\nContent-Disposition: form-data; name="video"; filename="v.mp4"\r\nContent-Type: video/mp4\r\n\r\n${"x".repeat(size)}`,
    );

  function open(): ReturnType<typeof request> {
    return request(`${running.url}/stream`, {
      method: "POST",
      headers: { "content-type": "multipart/form-data; boundary=b" },
    });
  }
  async function finish(client: ReturnType<typeof request>): Promise<Answer> {
    const [response] = (await once(client, "response")) as [
      import("node:http").IncomingMessage,
    ];
    let text = "";
    for await (const chunk of response) text += String(chunk);
    return answerOf(new Response(text, { status: response.statusCode ?? 0 }));
  }

  it("reaches the handler before it is complete", async () => {
    const client = open();
    const answer = finish(client);
    let first = 0;
    const started = new Promise<void>((resolve) => {
      onStream = async (body) => {
        const { video } = body as {
          video: AsyncIterable<Buffer> & { name: string };
        };
        let size = 0;
        for await (const chunk of video) {
          size += chunk.length;
          first ||= chunk.length;
          resolve();
        }
        return { name: video.name, size };
      };
    });
    client.write(head(10));
    client.write(CHUNK);
    await started;
    expect(first).toBeGreaterThan(0);
    client.end(`\r\n${END}`);
    expect(await answer).toMatchObject({
      status: 200,
      seen: { name: "v.mp4", size: CHUNK.length + 10 },
    });
  });

  it("holds the client back while nobody reads it (R8)", async () => {
    const client = open();
    const answer = finish(client);
    let go = (): void => {};
    const gate = new Promise<void>((resolve) => (go = resolve));
    onStream = async (body) => {
      await gate;
      return plain(body);
    };
    client.write(head(0));
    const total = 512;
    let sent = 0;
    while (sent < total) {
      sent++;
      if (client.write(CHUNK)) continue;
      const drained = await Promise.race([
        once(client, "drain").then(() => true),
        new Promise<false>((resolve) => setTimeout(() => resolve(false), 300)),
      ]);
      if (!drained) break;
    }
    // Sockets and streams hold a few megabytes; not all of the thirty-two.
    expect(sent).toBeLessThan(total);
    go();
    client.end(`\r\n${END}`);
    expect(await answer).toMatchObject({
      status: 200,
      seen: { title: "t", video: { size: sent * CHUNK.length } },
    });
  });

  it("is the last part: one after it fails the stream, and so the request", async () => {
    onStream = plain;
    const body = `${head(3).toString()}\r\n${field("title", "late")}${END}`;
    expect(await send(body, "/stream")).toMatchObject({
      status: 400,
      detail: "a part of the request body follows the file that ends it",
    });
  });

  it("does not reach the handler when what came before is wrong, or is missing", async () => {
    const before = calls.length;
    const body = head(3).toString().replace('name="title"', 'name="other"');
    expect(await send(`${body}\r\n${END}`, "/stream")).toMatchObject({
      status: 400,
      errors: ["#/title:required"],
    });
    expect(calls.length).toBe(before);
  });

  it("fails with the client, whose upload was cut off", async () => {
    const failed = new Promise<string>((resolve) => {
      onStream = async (body) => {
        try {
          return await plain(body);
        } catch (error) {
          resolve((error as Error).name);
          throw error;
        }
      };
    });
    const client = open();
    client.on("error", () => {});
    client.write(head(10));
    client.write(CHUNK);
    setTimeout(() => client.destroy(), 50);
    expect(await failed).toBe("ClientGone");
  });

  it("may be ignored: the answer comes, and the connection goes on", async () => {
    onStream = () => Promise.resolve("ignored");
    for (let turn = 0; turn < 3; turn++) {
      const body = `${head(100_000).toString()}\r\n${END}`;
      expect(await send(body, "/stream")).toMatchObject({
        status: 200,
        seen: "ignored",
      });
    }
  });

  it("may be one of many, each within its bounds", async () => {
    const file = (size: number) =>
      part(
        'Content-Disposition: form-data; name="files"; filename="f"',
        "x".repeat(size),
      );
    const all = field("title", "t") + file(3) + file(0) + file(1000) + END;
    expect(await send(all, "/streams")).toMatchObject({
      status: 200,
      seen: { title: "t", files: { items: [{ size: 3 }, {}, { size: 1000 }] } },
    });
    const large = field("title", "t") + file(3) + file(1001) + END;
    expect((await send(large, "/streams")).status).toBe(413);
  });
});

describe("parts by position", () => {
  const positional = (thing: string, count: string, ...images: string[]) =>
    part("Content-Type: application/json", thing) +
    part("Content-Type: text/plain", count) +
    images.map((type) => part(`Content-Type: ${type}`, "png")).join("") +
    END;
  const type = "multipart/mixed; boundary=b";

  it("are read by prefixEncoding and itemEncoding", async () => {
    const body = positional('{"name":"a"}', "5", "image/png", "image/gif");
    expect(await send(body, "/mixed", type)).toMatchObject({
      status: 200,
      seen: [
        { name: "a", size: 7 },
        5,
        { size: 3, type: "image/png" },
        { size: 3 },
      ],
    });
  });

  it.each([
    [positional("{}", "5"), "#/0/name:required"],
    [positional('{"name":"a"}', "x"), "#/1:type"],
    [positional('{"name":"a"}', "5", "text/html"), "#/2:content"],
  ])("are checked: %#", async (body, want) => {
    expect(await send(body, "/mixed", type)).toMatchObject({
      status: 400,
      errors: [want],
    });
  });
});
