/** Streams of items over real HTTP: server-sent events (HTML, section 9.2), NDJSON, JSON text sequences (RFC 7464). */
import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { serverEvent as ServerEvent } from "../../runtime/src/streaming/server-event.js";
import {
  compileErrors,
  documentOf,
  type Generated,
  generated,
  load,
  rejectedLines,
  served,
  type Service,
} from "./service.js";

const book = {
  type: "object",
  required: ["title"],
  properties: {
    title: { type: "string" },
    secret: { type: "string", writeOnly: true },
  },
};
const streamOf = (type: string, item: object) => ({
  responses: {
    200: { description: "", content: { [type]: { itemSchema: item } } },
  },
});
const ref = { $ref: "#/components/schemas/Book" };
const paths = {
  "/events": {
    get: {
      operationId: "getEvents",
      ...streamOf("text/event-stream", {
        type: "object",
        required: ["data"],
        properties: {
          data: { type: "string" },
          event: { type: "string" },
          id: { type: "string" },
          retry: { type: "integer" },
        },
      }),
    },
  },
  "/books": {
    get: { operationId: "getBooks", ...streamOf("text/event-stream", ref) },
  },
  "/lines": {
    get: { operationId: "getLines", ...streamOf("application/x-ndjson", ref) },
  },
  "/sequence": {
    get: {
      operationId: "getSequence",
      ...streamOf("application/json-seq", ref),
    },
  },
};

describe.each(["createApp", "koa"] as const)("streams in %s", (kind) => {
  let output: Generated;
  let service: Service;
  let items: () => unknown = () => [];
  let signal: AbortSignal | undefined;
  let lastEventId: unknown;
  let serverEvent: typeof ServerEvent;
  beforeAll(async () => {
    output = await generated(
      `streams-${kind}`,
      documentOf(paths, { schemas: { Book: book } }, "3.2.0"),
    );
    ({ serverEvent } = await load<{ serverEvent: typeof ServerEvent }>(
      output.folder,
      "node_modules/@kontract/runtime/src/index.js",
    ));
    interface Input {
      signal: AbortSignal;
      ctx: { get(name: string): string };
    }
    const answer = (input: Input) => {
      signal = input.signal;
      lastEventId = input.ctx.get("Last-Event-ID");
      return { status: 200, body: items() };
    };
    service = await served(
      output,
      {
        root: {
          getEvents: answer,
          getBooks: answer,
          getLines: answer,
          getSequence: answer,
        },
      },
      { streams: { heartbeat: 40 } },
      kind,
    );
  });
  afterAll(() => service.close());

  const text = async (path: string) => (await fetch(service.url + path)).text();
  const open = async (path: string): Promise<IncomingMessage> => {
    const sent = get(service.url + path, { agent: false });
    const [response] = (await once(sent, "response")) as [IncomingMessage];
    return response;
  };
  const settled = async (done: () => boolean) => {
    for (let at = 0; at < 500 && !done(); at++) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(done()).toBe(true);
  };

  it("writes events field by field", async () => {
    items = async function* () {
      yield { data: "one" };
      yield {
        data: "two\nlines\r\nthree",
        event: "more",
        id: "7",
        retry: 500,
        x: 1,
      };
    };
    const response = await fetch(`${service.url}/events`, {
      headers: { "Last-Event-ID": "6" },
    });
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(await response.text()).toBe(
      ":\n\ndata: one\n\nevent: more\nid: 7\nretry: 500\ndata: two\ndata: lines\ndata: three\n\n",
    );
    expect(lastEventId).toBe("6");
  });

  it("copies the declared members of items, wherever they stand", async () => {
    const given = { title: "x", secret: "leak", more: 1 };
    items = () => [given, serverEvent(given, { id: "1" })];
    expect(await text("/books")).toBe(
      ':\n\ndata: {"title":"x"}\n\nid: 1\ndata: {"title":"x"}\n\n',
    );
    items = () => [given, given];
    expect(await text("/lines")).toBe('{"title":"x"}\n{"title":"x"}\n');
    expect(await text("/sequence")).toBe(
      '\u001e{"title":"x"}\n\u001e{"title":"x"}\n',
    );
  });

  it("sends comments while no event is due, and events when they are", async () => {
    let more: (() => void) | undefined;
    items = async function* () {
      yield { title: "a" };
      await new Promise<void>((resolve) => {
        more = resolve;
      });
      yield { title: "b" };
    };
    const response = await open("/books");
    let received = "";
    response.on("data", (chunk: Buffer) => {
      received += chunk.toString();
    });
    await settled(() => /"a"\}\n\n:\n\n:\n\n/.test(received));
    more?.();
    await once(response, "end");
    expect(received.endsWith('data: {"title":"b"}\n\n')).toBe(true);
  });

  it("tells a handler that its client has left, and ends the iteration", async () => {
    let returned = false;
    items = () => ({
      [Symbol.asyncIterator]: () => ({
        // Never settles: only `return` can end it.
        next: () => new Promise(() => {}),
        return: async () => {
          returned = true;
          return { done: true, value: undefined };
        },
      }),
    });
    const response = await open("/books");
    expect(signal?.aborted).toBe(false);
    response.destroy();
    await settled(() => returned && signal?.aborted === true);
  });

  it("asks for no more than the client reads", async () => {
    let made = 0;
    let returned = false;
    const title = "x".repeat(10_000);
    items = async function* () {
      try {
        for (;;) {
          made++;
          yield { title };
        }
      } finally {
        returned = true;
      }
    };
    const response = await open("/lines");
    response.pause();
    let before = -1;
    await settled(() => {
      const stands = made === before && made > 0;
      before = made;
      return stands;
    });
    // 10 kB each: what the sockets hold, and no more.
    expect(made).toBeLessThan(2_000);
    response.destroy();
    await settled(() => returned);
  });

  it("cuts the connection when an item fails, for the rest is not coming", async () => {
    items = async function* () {
      yield { title: "a" };
      throw new Error("the source is dry");
    };
    for (const path of ["/books", "/lines"]) {
      const response = await open(path);
      response.resume();
      await expect(once(response, "end")).rejects.toThrow();
    }
    if (kind === "createApp") {
      const errors = service.lines.filter(({ level }) => level === "error");
      expect(errors.map(({ fields }) => String(fields["error"]))).toEqual([
        "Error: the source is dry",
        "Error: the source is dry",
      ]);
    }
  });

  it("lets no line break into a field of an event", async () => {
    items = () => [{ data: "a", event: "x\ndata: forged" }];
    const response = await open("/events");
    response.resume();
    await expect(once(response, "end")).rejects.toThrow();
  });

  it("answers HEAD without an item", async () => {
    let asked = false;
    items = async function* () {
      asked = true;
      yield { title: "a" };
    };
    const response = await fetch(`${service.url}/lines`, { method: "HEAD" });
    expect([response.status, await response.text(), asked]).toEqual([
      200,
      "",
      false,
    ]);
  });

  it("types say what an item is", () => {
    if (kind === "koa") return;
    const user = `import { serverEvent } from "@kontract/runtime";
import type { RootHandlers } from "./index.js";
async function* books() {
  yield { title: "a" };
  yield serverEvent({ title: "b" }, { id: "1" });
}
async function* wrong() {
  yield { name: "a" };
}
export const handlers: Pick<RootHandlers, "getBooks" | "getLines"> = {
  getBooks: ({ reply }) => reply.ok(books()),
  getLines: ({ reply }) => reply.ok([{ title: "a" }]),
};
export const bad: Pick<RootHandlers, "getBooks"> = {
  getBooks: ({ reply }) => reply.ok(wrong()), // rejected
};
`;
    expect(compileErrors("streams", output, user)).toEqual(rejectedLines(user));
  });
});
