/** Room `health`: the end of a service in good order: unready, then closed to new requests, then let go of. */
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Logger } from "../contract/logger.js";
import { stderrLogger } from "../observe/stderr-logger.js";
import type { Health } from "./health.js";

export interface ShutdownOptions {
  /** Its `/readyz` turns to 503 first. */
  readonly health?: Health;
  /** Milliseconds between that and the end of listening, in which balancers find out and requests are still served; 0. */
  readonly readyDelay?: number;
  /** Milliseconds for requests in flight, before their connections are cut; 10,000. */
  readonly timeout?: number;
  /** What to close after the last request, one after the other: pools, queues, exporters. */
  readonly close?: readonly (() => unknown)[];
  /** Milliseconds for each of these; 5,000. */
  readonly closeTimeout?: number;
  /** Told of connections that were cut, and of what could not be closed. Default: errors only, as JSON lines on stderr. */
  readonly logger?: Logger;
}

/** Milliseconds between two looks for connections that have become idle. */
const SWEEP = 50;

/**
 * Ends the service; resolves with whether everything ended by itself. In `readyDelay` and after it every answer says
 * `Connection: close`, so that clients leave without losing a request. Never rejects.
 */
export async function shutDown(
  server: Server,
  options: ShutdownOptions = {},
): Promise<boolean> {
  const { health, logger = stderrLogger, readyDelay = 0 } = options;
  health?.drain();
  server.prependListener(
    "request",
    (_req: IncomingMessage, res: ServerResponse) => {
      res.shouldKeepAlive = false;
    },
  );
  if (readyDelay > 0) await delay(readyDelay);
  let clean = await closeServer(server, options.timeout ?? 10_000);
  if (!clean) logger.error("requests were cut at the end of the service");
  for (const close of options.close ?? []) {
    try {
      await within(options.closeTimeout ?? 5_000, close);
    } catch (error) {
      clean = false;
      logger.error("something could not be closed", { error });
    }
  }
  return clean;
}

export interface SignalOptions extends ShutdownOptions {
  /** SIGINT and SIGTERM. */
  readonly signals?: readonly NodeJS.Signals[];
}

/** Shuts down at the first signal and ends the process with 0, or with 1 when something had to be cut. A second signal means: now. */
export function shutDownOnSignal(
  server: Server,
  options: SignalOptions = {},
): void {
  let ending = false;
  for (const signal of options.signals ?? ["SIGINT", "SIGTERM"]) {
    process.on(signal, () => {
      if (ending) process.exit(1);
      ending = true;
      void shutDown(server, options).then((clean) =>
        process.exit(clean ? 0 : 1),
      );
    });
  }
}

/** False when connections had to be cut. */
async function closeServer(server: Server, timeout: number): Promise<boolean> {
  let cut = false;
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP);
  const limit = setTimeout(() => {
    cut = true;
    server.closeAllConnections();
  }, timeout);
  // A server that does not listen any more is closed as well: the error says only that.
  await new Promise<void>((resolve) => server.close(() => resolve()));
  clearInterval(sweep);
  clearTimeout(limit);
  return !cut;
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function within(ms: number, work: () => unknown): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`not done in ${ms} ms`)), ms);
  });
  try {
    await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
  }
}
