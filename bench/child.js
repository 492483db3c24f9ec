/** Child processes that are spoken to over IPC, and ended whatever happens. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";

const running = new Set();
process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => process.exit(1));
}

/** Servers get a processor of their own where the system can give it, so that the load does not chase them away. */
const pin =
  existsSync("/usr/bin/taskset") && availableParallelism() > 1
    ? ["/usr/bin/taskset", "-c", "1"]
    : [];

/** Starts `node file ...args` with an IPC channel. */
export function startServer(file, args) {
  const [command, ...rest] = [...pin, process.execPath, file, ...args];
  const child = spawn(command, rest, {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    env: { ...process.env, NODE_ENV: "production" },
  });
  running.add(child);
  child.once("exit", () => running.delete(child));
  return child;
}

/** The next message, or an error when the child ends before. */
export async function nextMessage(child) {
  const waiting = new AbortController();
  const { signal } = waiting;
  const ended = once(child, "exit", { signal }).then(([code]) => {
    throw new Error(`the server ended with code ${code}`);
  });
  try {
    const [message] = await Promise.race([
      once(child, "message", { signal }),
      ended,
    ]);
    return message;
  } finally {
    ended.catch(() => {});
    waiting.abort();
  }
}

export async function ask(child, question) {
  child.send(question);
  return nextMessage(child);
}

export async function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}
