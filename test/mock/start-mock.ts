/** `kontract mock` in a process of its own, as its users start it. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
/** Straight from the sources. */
const SOURCE = [
  "--conditions=@kontract/source",
  "--import",
  "tsx",
  fileURLToPath(
    new URL("../generator/commands/kontract-child.ts", import.meta.url),
  ),
];
/** As it is installed; `npm run build` comes before. */
const BUILT = [`${root}generator/bin/kontract.js`];

export interface StartedMock {
  url: string;
  child: ChildProcess;
  stdout(): string;
  stderr(): string;
  /** Ends it as a terminal does, and gives its exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

export function startMock(
  spec: string,
  ...flags: string[]
): Promise<StartedMock> {
  return start(SOURCE, spec, flags);
}

export function startBuiltMock(
  spec: string,
  ...flags: string[]
): Promise<StartedMock> {
  return start(BUILT, spec, flags);
}

async function start(
  program: readonly string[],
  spec: string,
  flags: readonly string[],
): Promise<StartedMock> {
  const child = spawn(
    process.execPath,
    [...program, "mock", spec, "--port", "0", ...flags],
    { cwd: root, stdio: ["ignore", "pipe", "pipe"] },
  );
  const texts = { stdout: "", stderr: "" };
  child.stdout.on("data", (text: Buffer) => (texts.stdout += String(text)));
  child.stderr.on("data", (text: Buffer) => (texts.stderr += String(text)));
  const exit = once(child, "exit").then(([code]) => code as number | null);
  const ended = exit.then(() => "ended" as const);
  for (;;) {
    const [, url] = /^listening on (\S+)\n$/.exec(texts.stdout) ?? [];
    if (url !== undefined) {
      return {
        url,
        child,
        stdout: () => texts.stdout,
        stderr: () => texts.stderr,
        stop(signal = "SIGTERM") {
          child.kill(signal);
          return exit;
        },
      };
    }
    const next = once(child.stdout, "data").then(() => "more" as const);
    if ((await Promise.race([next, ended])) === "ended") {
      throw new Error(`the mock did not start: ${texts.stderr}`);
    }
  }
}
