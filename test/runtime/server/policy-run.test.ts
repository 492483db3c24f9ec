/** The order in which the layers of policies see one request. */
import Koa from "koa";
import { afterEach, describe, expect, it } from "vitest";
import type { Policy } from "../../../runtime/src/contract/policy.js";
import { problem } from "../../../runtime/src/errors/problem.js";
import { bindOperation } from "../../../runtime/src/server/bound-operation.js";
import { ContractRouter } from "../../../runtime/src/server/contract-router.js";
import { createEndpoint } from "../../../runtime/src/server/endpoint.js";
import { createService } from "../../../runtime/src/server/route-table.js";
import { json } from "../../../runtime/src/write/json.js";
import { recordingLogger, type Running, serve } from "../fixture/serve.js";

const operation = {
  id: "get",
  method: "GET",
  path: "/{id}",
  answers: { 200: ["application/json"] },
  read: () => ({}),
  reply: {},
  write: ({ status, body }: { status: number; body?: unknown }) =>
    json(status, body),
};

/** Notes each step; the steps given in `own` come on top. */
function layer(name: string, steps: string[], own: Policy = {}): Policy {
  const note = (step: string) => void steps.push(`${name}.${step}`);
  return {
    arrive: (exchange) => (note("arrive"), own.arrive?.(exchange)),
    admit: (exchange) => (note("admit"), own.admit?.(exchange)),
    enter: (exchange) => (note("enter"), own.enter?.(exchange)),
    shape: (exchange, response) => (
      note("shape"),
      own.shape?.(exchange, response) ?? response
    ),
    seal: (exchange, wire) => (
      note("seal"),
      own.seal?.(exchange, wire) ?? wire
    ),
    settle: (exchange, outcome) => (
      note(`settle ${outcome.wire?.status}`),
      own.settle?.(exchange, outcome)
    ),
  };
}

describe("layers of policies", () => {
  let running: Running | undefined;
  afterEach(() => running?.close());

  async function ask(
    layers: readonly Policy[],
    handler: (input: object) => unknown = () => ({ status: 200, body: 1 }),
  ) {
    const { logger, lines } = recordingLogger();
    const endpoint = createEndpoint({
      route: {
        id: "get",
        method: "GET",
        path: "/{id}",
        group: "lab",
        policies: true,
        load: async () => ({ get: operation }),
      },
      service: createService({ logger }),
      makeGuard: () => undefined,
      use: [],
      handlers: { get: handler },
    });
    endpoint.policies = layers;
    endpoint.bound = bindOperation({ get: operation }, "get", 100);
    const app = new Koa();
    app.use(new ContractRouter([endpoint]).routes());
    running = await serve(app);
    return { response: await fetch(`${running.url}/7`), lines };
  }

  it("go inwards in order, outwards in reverse", async () => {
    const steps: string[] = [];
    const { response } = await ask(
      [layer("a", steps), layer("b", steps)],
      () => (steps.push("handler"), { status: 200, body: 1 }),
    );
    expect(response.status).toBe(200);
    expect(steps).toEqual([
      "a.arrive",
      "b.arrive",
      "a.admit",
      "b.admit",
      "a.enter",
      "b.enter",
      "handler",
      "b.shape",
      "a.shape",
      "b.seal",
      "a.seal",
      "b.settle 200",
      "a.settle 200",
    ]);
  });

  it("may answer in the handler's place, and only outer ones seal that", async () => {
    const steps: string[] = [];
    const { response } = await ask(
      [
        layer("a", steps),
        layer("b", steps, { enter: () => json(200, "known") }),
        layer("c", steps),
      ],
      () => steps.push("handler"),
    );
    expect(await response.json()).toBe("known");
    expect(steps.slice(6)).toEqual([
      "a.enter",
      "b.enter",
      "a.seal",
      "c.settle 200",
      "b.settle 200",
      "a.settle 200",
    ]);
  });

  it("may refuse on arrival; only those that were asked settle", async () => {
    const steps: string[] = [];
    const { response } = await ask([
      layer("a", steps, {
        arrive() {
          throw problem.tooManyRequests();
        },
      }),
      layer("b", steps),
    ]);
    expect(response.status).toBe(429);
    expect(steps).toEqual(["a.arrive", "a.settle 429"]);
  });

  it("give members to the handler, and change what it answers", async () => {
    const { response } = await ask(
      [
        {
          enter(exchange) {
            expect(exchange.variables).toEqual({ id: "7" });
            exchange.give("page", 3);
            return undefined;
          },
          shape: (_, shaped) => ({ ...shaped, body: [shaped.body] }),
          seal: (_, wire) => ({ ...wire, headers: { "x-sealed": "yes" } }),
        },
      ],
      (input) => ({ status: 200, body: Reflect.get(input, "page") }),
    );
    expect(await response.json()).toEqual([3]);
    expect(response.headers.get("x-sealed")).toBe("yes");
  });

  it("see the problem of a handler that fails, and a fault of theirs is logged only", async () => {
    const steps: string[] = [];
    const { response, lines } = await ask(
      [
        layer("a", steps),
        layer("b", steps, {
          settle() {
            throw new Error("late");
          },
        }),
      ],
      () => {
        throw problem.notFound();
      },
    );
    expect(response.status).toBe(404);
    expect(steps.slice(-2)).toEqual(["b.settle 404", "a.settle 404"]);
    expect(lines.map(({ message }) => message)).toContain(
      "a policy failed after the answer was made",
    );
  });
});
