/** A document, generated, transpiled, loaded and served over HTTP by handlers that answer with what they were given. */
import { once } from "node:events";
import { Agent, request } from "node:http";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import Koa from "koa";
import { generate } from "../../generator/src/index.js";
import type { Diagnostic } from "../../generator/src/lint/diagnostic.js";
import type { JsonObject } from "../../generator/src/load/document.js";
import { outputFolder, writeTranspiled } from "../conformance/transpiled.js";

/** What an operation's handler was given. */
export interface Received {
  params: Members;
  query: Members;
  headers: Members;
  cookies: Members;
}

type Members = Readonly<Record<string, unknown>> | undefined;

export interface WireRequest {
  method?: string;
  /** As it stands in the request line. */
  target: string;
  /** Names and values in turn. */
  headers?: readonly string[];
}

export interface Outcome {
  status: number;
  headers: NodeJS.Dict<string | string[]>;
  /** The operation that was called, and with what. */
  operation?: string;
  received?: Received;
  /** The faults of a refusal. */
  errors: readonly Fault[];
}

export interface Fault {
  in: string;
  parameter?: string;
  pointer?: string;
  code: string;
}

export interface Served {
  send(wire: WireRequest): Promise<Outcome>;
  readonly warnings: readonly Diagnostic[];
  readonly port: number;
  close(): Promise<void>;
}

/** Documents that are refused have no server; `refusals` tells why. */
export async function serveDocument(
  name: string,
  document: JsonObject,
  options: object = {},
): Promise<Served> {
  const { files, diagnostics } = await generate(document);
  const errors = diagnostics.filter((each) => each.severity === "error");
  if (errors.length > 0) {
    throw new Error(errors.map((each) => each.message).join("\n"));
  }
  const folder = outputFolder(name);
  for (const { path, text } of files) {
    if (path.endsWith(".ts")) writeTranspiled(join(folder, path), text);
  }
  const { createRouter } = await import(
    pathToFileURL(join(folder, "router.js")).href
  );

  const calls = new Map<string, [operation: string, received: Received]>();
  const app = new Koa();
  app.silent = true;
  app.use(createRouter(echoingHandlers(calls), options).routes());
  const server = app.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? (address?.port ?? 0) : 0;
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  let count = 0;
  return {
    warnings: diagnostics,
    port,
    async send(wire) {
      const id = String(count++);
      const { status, headers, text } = await exchange(port, agent, id, wire);
      const [operation, received] = calls.get(id) ?? [];
      const body: unknown = /json/.test(String(headers["content-type"]))
        ? JSON.parse(text)
        : undefined;
      const problem: { errors?: readonly Fault[] } = Object(body);
      return {
        status,
        headers,
        ...(operation === undefined ? {} : { operation }),
        ...(received === undefined ? {} : { received }),
        errors: problem.errors ?? [],
      };
    },
    async close() {
      agent.destroy();
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** Handlers for whatever is asked of them: they note their input under the number of the request. */
function echoingHandlers(
  calls: Map<string, [operation: string, received: Received]>,
): object {
  const group = new Proxy(
    {},
    {
      get:
        (_, operation) =>
        ({
          ctx,
          params,
          query,
          headers,
          cookies,
        }: Received & { ctx: Koa.Context }) => {
          const received: Received = { params, query, headers, cookies };
          calls.set(ctx.get("x-request-number"), [String(operation), received]);
          return { status: 204 };
        },
    },
  );
  return { root: group };
}

function exchange(
  port: number,
  agent: Agent,
  id: string,
  { method = "GET", target, headers = [] }: WireRequest,
): Promise<{
  status: number;
  headers: NodeJS.Dict<string | string[]>;
  text: string;
}> {
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: "127.0.0.1",
        port,
        agent,
        method,
        path: target,
        headers: ["Host", "localhost", "x-request-number", id, ...headers],
      },
      (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => {
          text += chunk;
        });
        response.on("error", reject);
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text,
          }),
        );
      },
    );
    sent.on("error", reject);
    sent.end();
  });
}
