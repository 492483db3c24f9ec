/** Several processes of one service, over one Redis. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { generateService } from "../service.js";
import { type RedisServer, startRedis } from "../runtime/redis/redis-server.js";
import { hangUp } from "./load.js";
import { SERVICE } from "./service-document.js";

const MAIN = fileURLToPath(new URL("service-process.ts", import.meta.url));
const FOLDERS = fileURLToPath(
  new URL("../../.cache/services/", import.meta.url),
);

export interface Processes {
  redis: RedisServer;
  urls: string[];
  /** Ends the process as a crash would; its URL stays in the list. */
  kill(at: number): Promise<void>;
  /** What the processes have said of errors. */
  errors(): string;
  stop(): Promise<void>;
}

/** `timeout`: how long Redis may take, long by default, so that a busy machine is not taken for a lost server. */
export async function startProcesses(
  name: string,
  count: number,
  { database = "", timeout = 10_000 } = {},
): Promise<Processes> {
  await generateService(name, SERVICE);
  const redis = await startRedis();
  const children: ChildProcess[] = [];
  let errors = "";
  const start = async (): Promise<string> => {
    const child = spawn(
      process.execPath,
      [
        "--conditions=@kontract/source",
        "--import",
        "tsx",
        MAIN,
        FOLDERS + name,
        String(redis.port),
        String(timeout),
        database,
      ],
      { stdio: ["ignore", "pipe", "pipe"] },
    );
    children.push(child);
    child.stderr.on("data", (chunk: Buffer) => {
      errors += chunk.toString();
    });
    const [chunk] = await Promise.race([
      once(child.stdout, "data"),
      once(child, "exit").then(() => {
        throw new Error(`a process has ended: ${errors}`);
      }),
    ]);
    return `http://127.0.0.1:${String(chunk).trim()}`;
  };
  const kill = async (at: number): Promise<void> => {
    const child = children[at];
    if (child === undefined || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  };
  const urls = await Promise.all(Array.from({ length: count }, start));
  return {
    redis,
    urls,
    kill,
    errors: () => errors,
    async stop() {
      hangUp();
      await Promise.all(children.map((_child, at) => kill(at)));
      await redis.stop();
    },
  };
}
