/** Runs a command line inside the test's process, and keeps what it printed. */
import { main } from "../../../generator/src/cli.js";

export interface Finished {
  exit: number;
  stdout: string;
  stderr: string;
}

export async function runKontract(
  cwd: string,
  ...argv: string[]
): Promise<Finished> {
  let stdout = "";
  let stderr = "";
  const exit = await main(argv, {
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    env: {},
    cwd: () => cwd,
  });
  return { exit, stdout, stderr };
}

/** The one object of `--json`. */
export async function runJson(cwd: string, ...argv: string[]) {
  const { exit, stdout, stderr } = await runKontract(cwd, ...argv, "--json");
  const report = JSON.parse(stdout) as {
    version: string;
    ok: boolean;
    diagnostics: {
      code: string;
      severity: string;
      message: string;
      file?: string;
      line?: number;
      column?: number;
      pointer?: string;
      help?: string;
    }[];
    files: { path: string; status: string }[];
    timings: Record<string, number>;
  };
  return { exit, stderr, report };
}
