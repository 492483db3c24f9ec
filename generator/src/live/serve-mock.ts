/** Room `live`: a document served over HTTP before anybody has written a handler. */
import { once } from "node:events";
import type { Server } from "node:http";
import { createApp, type Logger } from "@kontract/runtime";
import type { GeneratedFile } from "../output/generated-file.js";
import { mockHandlers } from "../mock/mock-handlers.js";
import type { Layout } from "../name/layout.js";
import { installCode } from "./installed-code.js";

export interface MockOptions {
  /** 0: any free one. */
  port: number;
  host: string;
  logger?: Logger;
}

export interface RunningMock {
  /** `http://127.0.0.1:4010`. */
  url: string;
  close(): Promise<void>;
}

interface Middlewares {
  routes(): Parameters<ReturnType<typeof createApp>["use"]>[0];
}

type CreateRouter = (handlers: object, options: object) => Middlewares;

export async function serveMock(
  { files, layout }: { files: readonly GeneratedFile[]; layout: Layout },
  { port, host, logger }: MockOptions,
): Promise<RunningMock> {
  const code = await installCode(files);
  try {
    const { createRouter } = await code.load("index.ts");
    if (!isCreateRouter(createRouter)) {
      throw new Error("the generated code has no `createRouter`");
    }
    const router = createRouter(mockHandlers(layout), {
      security: anybody(layout),
      validateResponses: "off",
      ...(logger && { logger }),
      ...(layout.api.cors === undefined && { cors: OPEN }),
    });
    const app = createApp(logger && { logger });
    app.use(router.routes());
    const server = app.listen(port, host);
    await once(server, "listening");
    return {
      url: urlOf(server, host),
      async close() {
        server.close();
        server.closeIdleConnections();
        if (server.listening) await once(server, "close");
        code.remove();
      },
    };
  } catch (error) {
    code.remove();
    throw error;
  }
}

/** Pages of any origin may try it, unless the document says whose. */
const OPEN = {
  origins: "*",
  requestHeaders: ["prefer"],
  exposedHeaders: ["preference-applied"],
};

function isCreateRouter(value: unknown): value is CreateRouter {
  return typeof value === "function";
}

/** Whoever brings a credential is somebody. */
function anybody({ api }: Layout): object {
  return Object.fromEntries(
    api.security.map(({ name }) => [name, () => ({ id: "mock" })]),
  );
}

function urlOf(server: Server, host: string): string {
  const address = server.address();
  const bound = typeof address === "object" && address ? address.port : 0;
  return `http://${host.includes(":") ? `[${host}]` : host}:${bound}`;
}
