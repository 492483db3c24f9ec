/** What becomes of the connection when a body is refused before all of it has come (RFC 9112 9.6). */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { type Running, talk } from "../runtime/fixture/serve.js";
import { serveDocument } from "../service.js";
import { recordingHandlers, SPEC } from "./document.js";

let running: Running;

beforeAll(async () => {
  const { handlers } = recordingHandlers();
  const document = parse(SPEC) as object;
  running = await serveDocument("bodies-refused", document, handlers, {
    limits: { body: 1_000 },
  });
});
afterAll(() => running.close());

const post = (length: string) =>
  `POST /json HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n${length}\r\n\r\n`;

describe("a body that is refused before it has come", () => {
  it("is read away when it is short, and the connection goes on", async () => {
    const client = await talk(running.port);
    client.send(post("Content-Length: 200000"));
    const answer = await client.until(/\r\n\r\n[^]*\}/);
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).not.toMatch(/\r\nconnection: close/i);
    client.send("x".repeat(200_000));
    client.send("GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n");
    await client.until(/HTTP\/1\.1 404 /);
    client.socket.destroy();
  });

  it.each(["Content-Length: 600000", "Transfer-Encoding: chunked"])(
    "tells the client that the connection ends when it is long, or nobody knows: %s",
    async (length) => {
      const client = await talk(running.port);
      client.send(post(length));
      if (length.startsWith("T")) {
        client.send(`7d0\r\n${"x".repeat(2_000)}\r\n`);
      }
      const answer = await client.until(/\r\n\r\n[^]*\}/);
      expect(answer).toMatch(/^HTTP\/1\.1 413 /);
      expect(answer).toMatch(/\r\nconnection: close/i);
      client.socket.destroy();
    },
  );
});
