/** Problems by the contract's catalogue, errors that become problems, ids and time limits: from the document to the wire. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createApp, Problem, problem } from "@kontract/runtime";
import { generateService } from "../../service.js";
import { recordingLogger, type Running, serve } from "../fixture/serve.js";

const problemBody = {
  content: {
    "application/problem+json": {
      schema: {
        type: "object",
        properties: {
          type: { type: "string" },
          title: { type: "string" },
          status: { type: "integer" },
          detail: { type: "string" },
          available: { type: "integer" },
        },
      },
    },
  },
};
const post = (operationId: string, more: object = {}) => ({
  post: {
    operationId,
    responses: {
      "204": { description: "Done" },
      "400": { description: "Bad", ...problemBody, "x-problem": "badOrder" },
      "404": { description: "None", ...problemBody, "x-problem": true },
      "409": {
        description: "Conflict",
        ...problemBody,
        "x-problem": ["out-of-stock", "closed"],
      },
      "422": { description: "No", ...problemBody, "x-problem": "tooMany" },
      ...more,
    },
  },
});

const document = {
  openapi: "3.1.0",
  info: { title: "Orders", version: "1" },
  "x-timeout": "150ms",
  paths: {
    "/reply/{what}": {
      parameters: [
        {
          name: "what",
          in: "path",
          required: true,
          schema: { type: "string" },
        },
        { name: "count", in: "query", schema: { type: "integer" } },
      ],
      ...post("order", { "503": { description: "Busy", ...problemBody } }),
    },
    "/slow": post("slow", { "504": { description: "Late", ...problemBody } }),
    "/patient": {
      post: { ...post("patient").post, "x-timeout": false },
    },
  },
  components: {
    "x-problems": {
      badOrder: {
        type: "https://example.com/problems/bad-order",
        title: "Bad order",
        status: 400,
      },
      noOrder: { type: "/problems/no-order", title: "No order", status: 404 },
      "out-of-stock": {
        type: "/problems/out-of-stock",
        title: "Out of stock",
        status: 409,
        detail: "there are not enough copies",
        extensions: {
          available: "integer",
          shelves: { type: "array", items: { enum: ["a", "b"] } },
          why: { type: "string", optional: true },
        },
      },
      closed: { type: "/problems/closed", title: "Closed", status: 409 },
      tooMany: { type: "/problems/too-many", title: "Too many", status: 422 },
    },
  },
};

interface Catalogue {
  problems: Record<string, (fields?: object) => Problem>;
}

describe("problems of the contract", () => {
  let running: Running;
  const { logger, lines } = recordingLogger();
  const aborted: unknown[] = [];
  beforeAll(async () => {
    const service = await generateService("problems", document);
    const { problems } = service as typeof service & Catalogue;
    const order = ({ params }: { params: { what: string } }) => {
      switch (params.what) {
        case "reply":
          return { status: 422, body: { detail: "ten at most" } };
        case "bare":
          return { status: 404 };
        case "own":
          return { status: 422, body: { type: "/mine", title: "Mine" } };
        case "thrown":
          throw problem.notFound({ detail: "gone" });
        case "catalogue":
          throw problems["outOfStock"]?.({ available: 0, shelves: ["a"] });
        case "database":
          throw Object.assign(new Error("duplicate key pg-canary"), {
            code: "23505",
          });
        case "mapper":
          throw new Error("break the mapper");
        case "busy":
          throw problem.serviceUnavailable({
            detail: "db-canary at 10.0.0.1 is down",
            pool: "canary",
          });
        case "fault":
          throw new Error("fault-canary");
        default:
          return { status: 204 };
      }
    };
    const late = ({ signal }: { signal: AbortSignal }) =>
      new Promise((resolve) => {
        signal.addEventListener("abort", () => {
          aborted.push(signal.reason);
          resolve({ status: 204 });
        });
      });
    const patient = () =>
      new Promise((resolve) => {
        setTimeout(() => resolve({ status: 204 }), 300);
      });
    const app = createApp({ logger });
    app.use(
      service
        .createRouter(
          { root: { order, slow: late, patient } },
          {
            logger,
            requestIds: true,
            mapError(error: unknown) {
              if (!(error instanceof Error)) return undefined;
              if (error.message === "break the mapper") throw new Error("oh");
              return "code" in error && error.code === "23505"
                ? problem.conflict(
                    { detail: "is there already" },
                    { cause: error },
                  )
                : undefined;
            },
          },
        )
        .routes(),
    );
    running = await serve(app);
  });
  afterAll(() => running.close());
  afterEach(() => {
    lines.length = 0;
  });

  const send = async (
    path: string,
    headers: Record<string, string> = {},
  ): Promise<{ response: Response; body: Record<string, unknown> }> => {
    const response = await fetch(running.url + path, {
      method: "POST",
      headers,
    });
    const text = await response.text();
    return { response, body: text === "" ? {} : JSON.parse(text) };
  };

  it.each([
    ["reply", 422, "/problems/too-many", "Too many"],
    ["bare", 404, "/problems/no-order", "No order"],
    ["own", 422, "/mine", "Mine"],
    ["thrown", 404, "/problems/no-order", "No order"],
    ["catalogue", 409, "/problems/out-of-stock", "Out of stock"],
    ["database", 409, "about:blank", "Conflict"],
    [
      "x?count=many",
      400,
      "https://example.com/problems/bad-order",
      "Bad order",
    ],
  ])("have their type and title: %s", async (what, status, type, title) => {
    const { response, body } = await send(`/reply/${what}`);
    expect(response.status).toBe(status);
    expect(body).toMatchObject({ type, title, status });
  });

  it("carry their own members, and the detail of the catalogue", async () => {
    const { body } = await send("/reply/catalogue");
    expect(body).toMatchObject({
      available: 0,
      shelves: ["a"],
      detail: "there are not enough copies",
    });
  });

  it("are made of other errors by `mapError`, whose causes are logged and never sent", async () => {
    const { body } = await send("/reply/database");
    expect(JSON.stringify(body)).not.toContain("canary");
    expect(lines).toHaveLength(1);
    expect(lines[0]?.fields["error"]).toHaveProperty("code", "23505");
  });

  it("leave an error a fault of ours when `mapError` fails itself", async () => {
    const { response } = await send("/reply/mapper");
    expect(response.status).toBe(500);
    expect(lines.map(({ message }) => message)).toEqual([
      "mapError failed",
      "the request failed",
    ]);
  });

  it("tell nothing of the inside", async () => {
    const { response, body } = await send("/reply/fault");
    expect(response.status).toBe(500);
    expect(JSON.stringify(body)).not.toContain("canary");
    expect(body["requestId"]).toBe(response.headers.get("x-request-id"));
  });

  it("in development show the detail of a 503", async () => {
    const { body } = await send("/reply/busy");
    expect(body["detail"]).toBe("db-canary at 10.0.0.1 is down");
  });

  describe("ids of requests", () => {
    it.each([
      ["abcdef-123456", true],
      ["short", false],
      ["with space inside", false],
      [`${"x".repeat(129)}`, false],
      ["{jndi:ldap}--------", false],
    ])("are taken over where they fit: %s", async (id, isTaken) => {
      for (const path of ["/reply/fine", "/reply/fault", "/none"]) {
        const { response } = await send(path, { "X-Request-Id": id });
        const sent = response.headers.get("x-request-id");
        expect(sent).toMatch(/^[A-Za-z0-9-]{8,}$/);
        expect(sent === id).toBe(isTaken);
      }
    });

    it("stand in the log, with the trace that the request belongs to", async () => {
      const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
      await send("/reply/fault", {
        "X-Request-Id": "the-id-of-mine",
        traceparent: `00-${traceId}-00f067aa0ba902b7-01`,
      });
      expect(lines[0]?.fields).toMatchObject({
        requestId: "the-id-of-mine",
        traceId,
      });
      lines.length = 0;
      await send("/reply/fault", {
        traceparent: `00-${"0".repeat(32)}-00f067aa0ba902b7-01`,
      });
      expect(lines[0]?.fields).not.toHaveProperty("traceId");
    });
  });

  describe("handlers that take too long", () => {
    it("are told to stop, and answered for", async () => {
      const { response, body } = await send("/slow");
      expect(response.status).toBe(504);
      expect(body["detail"]).toBe("no answer within 150 ms");
      expect(aborted).toHaveLength(1);
      expect(aborted[0]).toBeInstanceOf(Problem);
    });

    it("have all the time where `x-timeout` is false", async () => {
      expect((await send("/patient")).response.status).toBe(204);
    });
  });
});

describe("in production", () => {
  it("the detail of a 5xx is for the log", async () => {
    const { createRouter } = await generateService("problems-live", document);
    const { logger, lines } = recordingLogger();
    const before = process.env["NODE_ENV"];
    process.env["NODE_ENV"] = "production";
    const busy = () => {
      throw problem.serviceUnavailable(
        { detail: "canary is down", pool: "canary" },
        { headers: { "Retry-After": 7 } },
      );
    };
    const app = createApp({ logger });
    app.use(
      createRouter(
        { root: { order: busy, slow: busy, patient: busy } },
        { logger },
      ).routes(),
    );
    process.env["NODE_ENV"] = before;
    const running = await serve(app);
    try {
      const response = await fetch(`${running.url}/patient`, {
        method: "POST",
      });
      expect(response.status).toBe(503);
      expect(response.headers.get("retry-after")).toBe("7");
      const text = await response.text();
      expect(text).not.toContain("canary");
      expect(lines[0]?.message).toContain("canary is down");
      expect(text).toContain(String(lines[0]?.fields["requestId"]));
    } finally {
      await running.close();
    }
  });
});
