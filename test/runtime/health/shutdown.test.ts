/** The end of a service under load, in a process of its own. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { Agent, get, type IncomingMessage } from "node:http";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const script = fileURLToPath(new URL("slow-service.ts", import.meta.url));

async function startService(kind: string, readyDelay: number, timeout: number) {
  const child = spawn(
    process.execPath,
    [
      "--conditions=@kontract/source",
      "--import",
      "tsx",
      script,
      kind,
      String(readyDelay),
      String(timeout),
    ],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const lines: string[] = [];
  const output = createInterface(child.stdout);
  output.on("line", (line) => lines.push(line));
  const exit = once(child, "exit").then(([code]) => Number(code));
  await Promise.race([once(output, "line"), exit]);
  return { child, lines, exit, port: Number(lines.shift()?.slice(5)) };
}

/** Status and `Connection` of one answer, or why there is none. */
async function ask(port: number, path: string, agent?: Agent) {
  const request = get({ host: "127.0.0.1", port, path, agent });
  const [response] = (await once(request, "response")) as [IncomingMessage];
  let text = "";
  for await (const chunk of response) text += String(chunk);
  return {
    status: response.statusCode,
    connection: response.headers.connection,
    text,
  };
}

it.each(["app", "koa"])(
  "loses no request, turns unready first, and closes its resources last (%s)",
  async (kind) => {
    const service = await startService(kind, 1_500, 10_000);
    const { port, child } = service;
    const agent = new Agent({ keepAlive: true, maxSockets: 10 });
    let routed = true;
    let answered = 0;
    const failures: unknown[] = [];
    const connections = new Set<string | undefined>();
    /** A client behind a balancer: it asks as long as the service is in rotation. */
    const client = async (): Promise<void> => {
      while (routed) {
        try {
          const { status, connection, text } = await ask(port, "/thing", agent);
          if (status !== 200 || text !== '{"done":true}') {
            failures.push({ status, text });
          }
          connections.add(connection);
          answered += 1;
        } catch (error) {
          failures.push(error);
        }
      }
    };
    try {
      const clients = Array.from({ length: 10 }, client);
      while (answered < 50 && failures.length === 0) await setTimeout(10);
      expect((await ask(port, "/readyz")).status).toBe(200);
      child.kill("SIGTERM");
      let probe = await ask(port, "/readyz");
      while (probe.status === 200) probe = await ask(port, "/readyz");
      expect(probe.status).toBe(503);
      expect(probe.connection).toBe("close");
      // Who has not heard of it yet is served all the same.
      expect(await ask(port, "/thing", agent)).toMatchObject({
        status: 200,
        connection: "close",
      });
      routed = false;
      await Promise.all(clients);
      expect(failures).toEqual([]);
      expect(connections).toEqual(new Set(["keep-alive", "close"]));
      expect(await service.exit).toBe(0);
      expect(service.lines).toEqual(["first 0", "second"]);
      await expect(ask(port, "/livez")).rejects.toThrow();
    } finally {
      agent.destroy();
      child.kill("SIGKILL");
    }
  },
);

it("finishes what is in flight after it stopped to listen", async () => {
  const service = await startService("koa", 0, 5_000);
  const agent = new Agent({ keepAlive: true });
  try {
    const answer = ask(service.port, "/thing", agent);
    await setTimeout(15);
    service.child.kill("SIGTERM");
    expect(await answer).toMatchObject({ status: 200 });
    expect(await service.exit).toBe(0);
  } finally {
    agent.destroy();
    service.child.kill("SIGKILL");
  }
});

it("cuts what does not end, and says so with its exit code", async () => {
  const service = await startService("app", 0, 100);
  try {
    const answer = ask(service.port, "/forever").catch(String);
    await setTimeout(50);
    service.child.kill("SIGTERM");
    expect(await answer).toMatch(/hang up|ECONNRESET/);
    expect(await service.exit).toBe(1);
    expect(service.lines).toEqual(["first 0", "second"]);
  } finally {
    service.child.kill("SIGKILL");
  }
});
