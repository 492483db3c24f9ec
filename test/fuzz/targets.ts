/** What is fuzzed: the bookstore, and mocks of real documents, each in a process of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { generate } from "../../generator/src/generate.js";
import { startMock } from "../mock/start-mock.js";
import { shared } from "../shared.js";
import { fuzz, type FuzzReport } from "./fuzz-run.js";
import type { Credentials } from "./hostile-request.js";

export interface FuzzTarget {
  name: string;
  spec: string;
  /** Lies in the shared data. */
  isShared: boolean;
}

const own = fileURLToPath(new URL("../../", import.meta.url));
const real = (name: string, path: string): FuzzTarget => ({
  name: `mock of ${name}`,
  spec: shared(`specs/real/${path}`),
  isShared: true,
});

export const BOOKSTORE: FuzzTarget = {
  name: "bookstore",
  spec: `${own}example-spec/bookstore.yaml`,
  isShared: false,
};

export const MOCKS: readonly FuzzTarget[] = [
  real("museum", "redocly-museum/openapi.yaml"),
  real("petstore", "swagger-petstore/openapi.yaml"),
  real("lakefs", "lakefs/swagger.yml"),
  real("box", "box/openapi.json"),
  real("github", "github/api.github.com.json"),
];

export interface FuzzResult {
  report: FuzzReport;
  /** Resident memory of the server in MB: after a fifth of the requests, and in the end. */
  memory: [number, number];
  /** What it has written to its log. */
  log: string;
}

export async function fuzzTarget(
  target: FuzzTarget,
  { seed, requests }: { seed: number; requests: number },
): Promise<FuzzResult> {
  const { layout } = await generate(target.spec);
  if (layout === undefined) throw new Error(`${target.spec} has errors`);
  const isMock = target !== BOOKSTORE;
  const started = isMock
    ? await startMock(target.spec)
    : await startBookstore();
  const { child, url } = started;
  try {
    const port = Number(new URL(url).port);
    const credentials = isMock ? {} : await bookstoreCredentials(url);
    const setting = { port, api: layout.api, isMock, credentials };
    const first = Math.ceil(requests / 5);
    const warm = await fuzz({ ...setting, seed, requests: first });
    const before = residentMemory(child);
    const rest = await fuzz({
      ...setting,
      seed: seed + 1,
      requests: requests - first,
    });
    const after = residentMemory(child);
    const statuses = { ...warm.statuses };
    for (const [status, count] of Object.entries(rest.statuses)) {
      statuses[status] = (statuses[status] ?? 0) + count;
    }
    return {
      report: {
        requests: warm.requests + rest.requests,
        statuses,
        findings: [...warm.findings, ...rest.findings],
      },
      memory: [before, after],
      log: started.stderr(),
    };
  } finally {
    child.kill("SIGTERM");
    if (child.exitCode === null) await once(child, "exit");
  }
}

/** Of staff and of a customer, and now and then of nobody. */
async function bookstoreCredentials(url: string): Promise<Credentials> {
  const post = (path: string, body: object) =>
    fetch(url + path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  const account = {
    email: "fuzz@example.com",
    password: "correct horse battery",
  };
  await post("/customers", { ...account, name: "Fuzz" });
  const session: unknown = await (await post("/sessions", account)).json();
  const { token } = session as { token: string };
  const often = <T>(value: T) => [value, value, value, value];
  return {
    apiKey: [...often("staff-demo-key"), "wrong"],
    session: [...often(token), "wrong"],
  };
}

async function startBookstore() {
  const child = spawn(
    process.execPath,
    ["--conditions=@kontract/source", "--import", "tsx", "src/main.ts"],
    {
      cwd: `${own}example-app`,
      env: { PATH: process.env["PATH"], PORT: "0" },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let log = "";
  child.stderr.on("data", (text: Buffer) => (log += String(text)));
  let output = "";
  const url = await new Promise<string>((resolve, reject) => {
    // It is read to the end: who closes the pipe of a log takes the service down.
    child.stdout.on("data", (text: Buffer) => {
      output += String(text);
      const [, found] = / on (http:\S+:\d+) /.exec(output) ?? [];
      if (found !== undefined) resolve(found);
    });
    child.once("exit", () =>
      reject(new Error(`the bookstore did not start: ${log}`)),
    );
  });
  return { child, url, stderr: () => log };
}

function residentMemory({ pid }: ChildProcess): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024);
}
