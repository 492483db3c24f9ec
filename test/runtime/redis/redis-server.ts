/** A Redis server of the tests' own: nothing on disk, a free port, gone afterwards. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface RedisServer {
  readonly port: number;
  readonly url: string;
  /** Ends the process as a crash would. */
  kill(): Promise<void>;
  /** Starts it again on the same port, empty. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** `cluster`: one node that owns every slot, with all the rules of a cluster. */
export async function startRedis({
  cluster = false,
} = {}): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), "kontract-redis-"));
  const port = await freePort();
  const options = [
    ["--port", String(port)],
    ["--bind", "127.0.0.1"],
    ["--dir", folder],
    ["--save", ""],
    ["--appendonly", "no"],
    ...(cluster
      ? [
          ["--cluster-enabled", "yes"],
          ["--cluster-announce-ip", "127.0.0.1"],
          ["--cluster-port", String(await freePort())],
        ]
      : []),
  ];
  let server: ChildProcess | undefined;
  async function start(): Promise<void> {
    const started = spawn("redis-server", options.flat(), {
      stdio: ["ignore", "pipe", "pipe"],
    });
    server = started;
    let log = "";
    await new Promise<void>((resolve, reject) => {
      started.once("error", reject);
      started.once("exit", () => reject(new Error(`redis ended:\n${log}`)));
      started.stdout?.on("data", (chunk: Buffer) => {
        log += chunk.toString();
        if (log.includes("Ready to accept connections")) resolve();
      });
    });
  }
  async function kill(): Promise<void> {
    if (server === undefined || server.exitCode !== null) return;
    const ended = once(server, "exit");
    server.kill("SIGKILL");
    await ended;
    server = undefined;
  }
  await start();
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    kill,
    restart: start,
    async stop() {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}
