/** A service in a process of its own: answers after a while, and ends at SIGTERM. Arguments: `koa` or `app`, milliseconds of `readyDelay`. */
import { setTimeout } from "node:timers/promises";
import { createApp } from "@kontract/runtime";
import { createHealth, shutDownOnSignal } from "@kontract/runtime/health";
import Koa from "koa";
import { lab } from "../fixture/lab.js";
import { recordingLogger } from "../fixture/serve.js";

const [kind, readyDelay, timeout] = process.argv.slice(2);
const { logger } = recordingLogger();
const say = (line: string): void => void process.stdout.write(`${line}\n`);
let inFlight = 0;
const router = lab([
  {
    path: "/thing",
    handle: async () => {
      inFlight += 1;
      await setTimeout(40);
      inFlight -= 1;
      return { status: 200, body: { done: true } };
    },
  },
  { path: "/forever", handle: () => new Promise(() => undefined) },
]);
const health = createHealth({ logger, ttl: 0, checks: { memory: () => 1 } });
const app = kind === "koa" ? new Koa() : createApp({ logger });
app.use(health.pages());
app.use(router.routes());
const server = app.listen(0, "127.0.0.1", () => {
  const address = server.address();
  say(`port ${typeof address === "object" ? address?.port : ""}`);
});
shutDownOnSignal(server, {
  health,
  logger,
  readyDelay: Number(readyDelay),
  timeout: Number(timeout),
  close: [
    () => say(`first ${inFlight}`),
    async () => {
      await setTimeout(20);
      say("second");
    },
  ],
});
