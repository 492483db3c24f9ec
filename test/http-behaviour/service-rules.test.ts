/** Rules of the running service (R1–R10), each by what goes wrong where it is broken. */
import { createHmac, createSign, generateKeyPairSync } from "node:crypto";
import { createApp } from "@kontract/runtime";
import { jwt } from "@kontract/runtime/jwt";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { processorTime } from "../processor-time.js";
import {
  recordingLogger,
  type Running,
  serve,
  talk,
} from "../runtime/fixture/serve.js";
import { generateService } from "../service.js";
import { calls, DOCUMENT, HANDLERS, made, SECURITY } from "./document.js";
import { exchange, written } from "./raw.js";

let running: Running;
const service = generateService("http-rules", DOCUMENT);

beforeAll(async () => {
  const { createRouter } = await service;
  const { logger } = recordingLogger();
  const app = createApp({ logger });
  app.use(createRouter(HANDLERS, { security: SECURITY, logger }).routes());
  running = await serve(app);
});
afterAll(() => running.close());

const ask = (bytes: string, patience?: number) =>
  exchange(running.port, bytes, patience);

describe("the service", () => {
  it("R1: one reading of the media type picks parser and check, or there is none", async () => {
    const before = calls.length;
    for (const type of [
      "application/json",
      "APPLICATION/JSON",
      "application/json; charset=utf-8",
      "application/json;",
      "application/json\t",
      "application/json ;a=b",
      "application/json;charset=utf-16",
      "application/json, text/plain",
      "text/json",
      "application/jsonx",
      " application / json",
      "application/json;=",
      "",
    ]) {
      const { status } = await ask(
        written("POST /things", [`Content-Type: ${type}`], '{"size":"no"}'),
      );
      expect([type, [415, 422, 400].includes(status)]).toEqual([type, true]);
    }
    const none = await ask(written("POST /things", [], '{"size":"no"}'));
    expect(none.status).toBe(415);
    expect(calls.length).toBe(before);
  });

  it("R2: no expression of the document runs for long", async () => {
    const start = processorTime();
    for (const length of [27, 1_000, 500_000]) {
      const text = JSON.stringify(`${"a".repeat(length)}!`);
      const { status } = await ask(
        written("POST /words", ["Content-Type: application/json"], text),
      );
      expect([400, 413, 422]).toContain(status);
      expect(processorTime() - start).toBeLessThan(2_000);
    }
  });

  it("R3: no path is long in the routing", async () => {
    const target = `/ranges/${"-".repeat(2_000)}`;
    const requests = Array.from(
      { length: 60 },
      () => `GET ${target} HTTP/1.1\r\nHost: a\r\n\r\n`,
    );
    const start = processorTime();
    await ask(requests.join("") + written("GET /things"), 30_000);
    expect(processorTime() - start).toBeLessThan(3_000);
    const found = await ask(written("GET /ranges/1-2-3.txt"));
    expect(found.json()).toEqual({ a: "1", b: "2", c: "3" });
  });

  it("R4: nothing that the service writes comes from Host or X-Forwarded-*", async () => {
    const lines = [
      "X-Forwarded-Host: evil.example",
      "X-Forwarded-Proto: https",
      "Forwarded: host=evil.example",
    ];
    const page = await ask(
      written("GET /pages", lines).replace("Host: a", "Host: evil.example"),
    );
    expect(page.status).toBe(200);
    expect(page.field("link")).toMatch(/^<[/?]/);
    expect(page.text).not.toContain("evil");
    for (const hosts of ["Host: a\r\nHost: a", "Host: a@b", "Host: a/b"]) {
      const answer = await ask(
        written("GET /things").replace("Host: a", hosts),
      );
      expect([hosts, answer.status]).toEqual([hosts, 400]);
    }
  });

  it("R5: a query has the shapes of the document, and an end", async () => {
    const own = await ask(
      written("GET /find?where[a]=1&where[__proto__][b]=2&other[c][d]=3"),
    );
    expect([200, 400]).toContain(own.status);
    if (own.status === 200) expect(own.json()).toEqual({ where: { a: "1" } });
    const plain = await ask(written("GET /find?where[a]=1&other[c][d]=3"));
    expect(plain.json()).toEqual({ where: { a: "1" } });
    const many = Array.from({ length: 1_500 }, () => "x=1").join("&");
    expect((await ask(written(`GET /find?${many}`))).status).toBe(400);
  });

  it("R6: no upload ends the process, however it is broken", async () => {
    const type = "Content-Type: multipart/form-data; boundary=b";
    const part = (fields: string, text: string) =>
      `--b\r\nContent-Disposition: form-data; ${fields}\r\n\r\n${text}\r\n`;
    const title = part('name="title"', "x");
    for (const body of [
      "--b",
      "--b\r\n\r\n",
      title,
      `${title}--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n`,
      `${part("", "x")}--b--\r\n`,
      `--b\r\n${"X: y\r\n".repeat(3_000)}\r\n\r\n--b--\r\n`,
      `${part('name="title"', "x".repeat(300_000))}--b--\r\n`,
      `${title}${Array.from({ length: 200 }, (_, at) => part(`name="f${at}"`, "x")).join("")}--b--\r\n`,
    ]) {
      const answer = await ask(written("POST /files", [type], body));
      expect([body.slice(0, 60), answer.status]).toEqual([
        body.slice(0, 60),
        answer.status === 413 ? 413 : 400,
      ]);
      const cut = await talk(running.port);
      cut.send(written("POST /files", [type], `${body}rest`).slice(0, -4));
      cut.socket.destroy();
    }
    const whole = `${title}--b--\r\n`;
    expect((await ask(written("POST /files", [type], whole))).status).toBe(200);
  });

  it("R7: a token never chooses its algorithm", async () => {
    const { createRouter } = await service;
    const { publicKey, privateKey } = generateKeyPairSync("rsa", {
      modulusLength: 2048,
    });
    const common = {
      issuer: "i",
      audience: "a",
      keys: [
        { ...publicKey.export({ format: "jwk" }), kid: "1", alg: "RS256" },
      ],
    };
    const routerOf = (algorithms: readonly string[]) =>
      createRouter(HANDLERS, {
        security: { token: jwt({ ...common, algorithms } as never) },
      });
    expect(() => routerOf([])).toThrow(/no `algorithms`/);
    expect(() => routerOf(["none"])).toThrow(/none/);
    expect(() => routerOf(["RS256", "HS256"])).toThrow(/HS256/);
    const app = createApp({ logger: recordingLogger().logger });
    app.use(routerOf(["RS256"]).routes());
    const guarded = await serve(app);
    const part = (value: object) =>
      Buffer.from(JSON.stringify(value)).toString("base64url");
    const token = (head: object, seal: (text: string) => Buffer) => {
      const exp = Math.floor(Date.now() / 1000) + 60;
      const claims = { iss: "i", aud: "a", sub: "s", scope: "write", exp };
      const text = `${part({ kid: "1", ...head })}.${part(claims)}`;
      return `${text}.${seal(text).toString("base64url")}`;
    };
    const signed = (text: string) =>
      createSign("sha256").update(text).sign(privateKey);
    const pem = publicKey.export({ format: "pem", type: "spki" });
    try {
      const status = async (value: string) => {
        const fields = [
          "Content-Type: application/json",
          `Authorization: Bearer ${value}`,
        ];
        const bytes = written("POST /secured", fields, "{}");
        return (await exchange(guarded.port, bytes)).status;
      };
      expect(await status(token({ alg: "RS256" }, signed))).toBe(200);
      expect(await status(token({ alg: "none" }, () => Buffer.alloc(0)))).toBe(
        401,
      );
      const confused = (text: string) =>
        createHmac("sha256", pem).update(text).digest();
      expect(await status(token({ alg: "HS256" }, confused))).toBe(401);
      const critical = { alg: "RS256", crit: ["x"], x: 1 };
      expect(await status(token(critical, signed))).toBe(401);
    } finally {
      await guarded.close();
    }
  });

  it("R8: a client that does not read holds the stream back", async () => {
    const raw = await talk(running.port);
    raw.socket.pause();
    made.rows = 0;
    raw.send(written("GET /rows"));
    let before = -1;
    while (made.rows === 0 || made.rows !== before) {
      before = made.rows;
      await new Promise((resolve) => setTimeout(resolve, 300));
      if (before > 5_000) break;
    }
    // 10 kB each: what the sockets hold, and no more
    expect(made.rows).toBeLessThan(2_000);
    raw.socket.destroy();
  });

  it("R9: a refusal waits for no body, and cuts off one that does not end", async () => {
    const head = (line: string, ...fields: string[]) =>
      `${line} HTTP/1.1\r\nHost: a\r\n${fields.join("\r\n")}\r\n`;
    const json = "Content-Type: application/json";
    for (const [status, text] of [
      [413, head("POST /small", json, "Content-Length: 100000000")],
      [401, head("POST /secured", json, "Content-Length: 100000000")],
      [
        415,
        head(
          "POST /things",
          "Content-Type: text/plain",
          "Content-Length: 100000000",
        ),
      ],
    ] as const) {
      const raw = await talk(running.port);
      raw.send(`${text}\r\n`);
      await raw.until(new RegExp(`^HTTP/1\\.1 ${status} `));
      let sent = 0;
      const chunk = "x".repeat(64 * 1024);
      while (!raw.socket.destroyed && sent < 99_000_000) {
        // what is sent has been taken by the other side, but for a little
        if (raw.socket.writableLength < 1_000_000) {
          raw.send(chunk);
          sent += chunk.length;
        }
        await new Promise(setImmediate);
      }
      await raw.closed(20_000);
      expect(sent).toBeLessThan(99_000_000);
    }
  });

  it("R10: the server has bounds, and says problems before routing", async () => {
    const { server } = running;
    expect([server.headersTimeout, server.requestTimeout]).toEqual([
      10_000, 30_000,
    ]);
    const many = Array.from({ length: 200 }, (_, at) => `X${at}: 1`);
    expect((await ask(written("GET /things", many))).status).toBe(431);
    const large = await ask(
      written("GET /things", [`X: ${"x".repeat(17_000)}`]),
    );
    expect(large.status).toBe(431);
    const broken = await ask("nothing of HTTP\r\n\r\n");
    expect(broken.field("content-type")).toBe("application/problem+json");
    expect(broken.json()).toMatchObject({ status: 400 });
  });
});
