/** A child process: a router with a multipart operation, and clients that break it in every way. Prints what it has seen as JSON. */
import { connect } from "node:net";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createApp } from "@kontract/runtime";
import type { MultipartCodec } from "@kontract/runtime/codegen1";
import { lab } from "../runtime/fixture/lab.js";

const ROUNDS = 24;

const codec: MultipartCodec = {
  codec: "multipart",
  fields: {
    title: { shape: "string" },
    files: { shape: "string", file: "bytes", list: true },
    video: { shape: "string", file: "stream" },
  },
};

const app = createApp();
app.use(
  lab([
    {
      method: "POST",
      body: { required: true, media: { "multipart/form-data": codec } },
      async handle(input) {
        const { video } = input["body"] as { video?: AsyncIterable<Buffer> };
        let size = 0;
        if (video) for await (const chunk of video) size += chunk.length;
        return { status: 200, body: { size } };
      },
    },
  ]).routes(),
);
const server = app.listen(0, "127.0.0.1");
await once(server, "listening");
const { port } = server.address() as AddressInfo;

const part = (headers: string, body: string) =>
  `--b\r\nContent-Disposition: form-data; ${headers}\r\n\r\n${body}\r\n`;
const large = "x".repeat(200_000);
const END = "--b--\r\n";

/** Bodies; `cut` is sent without its end, and the connection is broken. */
const BODIES: readonly { text: string; cut?: true }[] = [
  { text: part('name="title"', "t") + END },
  { text: part('name="video"; filename="v"', large) + END },
  {
    text:
      part('name="video"; filename="v"', large) +
      part('name="title"', "t") +
      END,
  },
  { text: part('name="files"; filename="v"', large).repeat(8) + END },
  { text: part('name="title"', large.repeat(2)) + END },
  { text: part('name="title"', "t").repeat(200) + END },
  { text: part('name="title', "t") + END },
  { text: `--b\r\nX: ${large}` },
  { text: part('name="files"; filename="v"', large) },
  { text: part('name="files"; filename="v"', large).slice(0, -100), cut: true },
  { text: part('name="video"; filename="v"', large).slice(0, -100), cut: true },
  { text: "--b\r\nContent-Disp", cut: true },
  { text: "\0".repeat(1000) },
];

const answers: Record<string, number> = {};

async function send({ text, cut }: (typeof BODIES)[number]): Promise<void> {
  const socket = connect(port, "127.0.0.1");
  let answer = "";
  socket.on("error", () => {});
  socket.on("data", (chunk: Buffer) => (answer += chunk.toString("latin1")));
  await once(socket, "connect");
  const length = cut ? text.length + 1000 : text.length;
  socket.write(
    `POST /thing HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: ${length}\r\n\r\n`,
  );
  socket.write(text, "latin1");
  if (cut) setTimeout(() => socket.destroy(), 5);
  if (!socket.closed) await once(socket, "close");
  const status = answer === "" ? "gone" : answer.slice(9, 12);
  answers[status] = (answers[status] ?? 0) + 1;
}

async function round(): Promise<void> {
  await Promise.all(BODIES.map(send));
}

async function memory(): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 100));
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

for (let at = 0; at < ROUNDS / 4; at++) await round();
const before = await memory();
for (let at = 0; at < ROUNDS; at++) await round();
const after = await memory();
server.close();
process.stdout.write(JSON.stringify({ answers, before, after }));
