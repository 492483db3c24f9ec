/** Room `generator`: where the command line runs: its streams, its environment, and how it is ended. */

/** Where a run prints; the process itself, or what a test listens with. */
export interface Terminal {
  stdout: { write(text: string): unknown };
  stderr: { write(text: string): unknown; isTTY?: boolean; columns?: number };
  env: Readonly<Record<string, string | undefined>>;
  cwd(): string;
  /** Aborted when the user has had enough. */
  interrupted?(): AbortSignal;
}

/** `NO_COLOR` and `FORCE_COLOR` as their conventions say: any text that is not empty counts. */
export function hasColor({ stderr, env }: Terminal): boolean {
  if (env["NO_COLOR"]) return false;
  if (env["FORCE_COLOR"]) return env["FORCE_COLOR"] !== "0";
  return stderr.isTTY === true && env["TERM"] !== "dumb";
}

export function ownTerminal(): Terminal {
  const { stdout, stderr, env } = process;
  return {
    stdout,
    stderr,
    env,
    cwd: () => process.cwd(),
    interrupted() {
      const controller = new AbortController();
      for (const name of ["SIGINT", "SIGTERM"]) {
        process.once(name, () => controller.abort());
      }
      return controller.signal;
    },
  };
}
