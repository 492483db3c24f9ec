/** What the bookstore does as a process: starts, says where it is, ends in good order. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { Agent, get } from "node:http";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const FOLDER = fileURLToPath(new URL("../../example-app/", import.meta.url));

interface Started {
  child: ChildProcess;
  /** What it has said so far. */
  output(): string;
  exit: Promise<number | null>;
}

function start(env: Record<string, string>): Started {
  const child = spawn(
    process.execPath,
    ["--conditions=@kontract/source", "--import", "tsx", "src/main.ts"],
    {
      cwd: FOLDER,
      env: { PATH: process.env["PATH"], PORT: "0", ...env },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      text += chunk.toString();
    });
  }
  const exit = once(child, "exit").then(([code]) => code as number | null);
  return { child, output: () => text, exit };
}

async function address(started: Started): Promise<string> {
  const line = /Bookstore on (http:\/\/localhost:\d+) /;
  for (;;) {
    const [, url] = line.exec(started.output()) ?? [];
    if (url !== undefined) return url;
    const ended = await Promise.race([started.exit, setTimeout(20, undefined)]);
    if (ended !== undefined) throw new Error(`it ended: ${started.output()}`);
  }
}

export function processContract(databaseUrl: () => string): void {
  it("says in one line where it is, and serves until it is told to end", async () => {
    const started = start({ DATABASE_URL: databaseUrl() });
    const agent = new Agent({ keepAlive: true });
    try {
      const url = await address(started);
      expect(started.output().trim().split("\n")).toHaveLength(1);
      expect(started.output()).toContain(`Open ${url}/docs`);
      expect((await fetch(`${url}/docs`)).status).toBe(200);
      expect(started.output()).toContain("curl ");
      const ready = await fetch(`${url}/readyz`);
      expect(ready.status).toBe(200);
      expect(await ready.json()).toMatchObject({
        checks: { database: [{ status: "pass" }] },
      });
      // An idle connection of a client must not hold up the end.
      const [response] = await once(get(`${url}/books`, { agent }), "response");
      expect(response.statusCode).toBe(200);
      response.resume();
      await once(response, "end");
      started.child.kill("SIGTERM");
      expect(await started.exit).toBe(0);
      await expect(fetch(`${url}/books`)).rejects.toThrow();
    } finally {
      agent.destroy();
      started.child.kill("SIGKILL");
    }
  });

  it("does not start in production with the key that everybody knows", async () => {
    const started = start({
      DATABASE_URL: databaseUrl(),
      NODE_ENV: "production",
    });
    try {
      expect(await started.exit).toBe(1);
      expect(started.output()).toMatch(/BOOKSTORE_STAFF_KEY must be set/);
    } finally {
      started.child.kill("SIGKILL");
    }
  });
}
