/** The application of the traced service; says its port, and the lines of its log. */
import { createRequire } from "node:module";
import type * as Http from "node:http";
import { createApp } from "@kontract/runtime";
import { requestLog } from "@kontract/runtime/log";
import { activeTrace, routeSpans } from "@kontract/runtime/otel";
import { lab } from "../fixture/lab.js";
import { recordingLogger } from "../fixture/serve.js";

// As the instrumentation sees it: patched when it is required.
createRequire(import.meta.url)("node:http") as typeof Http;
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const app = createApp({
  logger: recordingLogger().logger,
  observers: [routeSpans(), requestLog({ trace: activeTrace, write: say })],
});
app.use(
  lab([
    {
      id: "getBook",
      path: "/books/{bookId}",
      handle: () => ({ status: 200, body: 1 }),
    },
    {
      id: "failBook",
      path: "/books/{bookId}/fail",
      handle: () => {
        throw new RangeError("broken");
      },
    },
  ]).routes(),
);
const server = app.listen(0, "127.0.0.1", () => {
  const address = server.address();
  say(`port ${typeof address === "object" ? address?.port : ""}`);
});
