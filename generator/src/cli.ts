/** Room `generator`: argv → command → exit code; the only file that prints. */
import { CommanderError } from "commander";
import { statSync } from "node:fs";
import { resolve } from "node:path";
import { bugReport } from "./bug-report.js";
import type { ExitCode, GlobalOptions, Outcome } from "./commands/outcome.js";
import { UsageError, usageSentence } from "./commands/usage-error.js";
import { describeProgram, EXAMPLES, type Flags } from "./program.js";
import { hasColor, ownTerminal, type Terminal } from "./terminal.js";
import { kontractVersion } from "./version.js";

export type { Terminal } from "./terminal.js";

/** Runs one command line, without the name of the program. */
export async function main(
  argv: readonly string[],
  terminal: Terminal = ownTerminal(),
): Promise<ExitCode> {
  const isJson = argv.includes("--json");
  let exit: ExitCode = 0;
  const program = describeProgram(terminal, async (flags, act) => {
    const globals = readGlobals(flags, terminal);
    let reported: Outcome | undefined;
    const report = async (outcome: Outcome): Promise<void> => {
      reported = outcome;
      exit = await print(outcome, globals, flags.color, terminal);
    };
    const outcome = await act(globals, report);
    if (outcome !== reported) await report(outcome);
  });
  try {
    if (argv.length === 0) {
      terminal.stderr.write(program.helpInformation() + EXAMPLES);
      return 2;
    }
    await program.parseAsync(argv, { from: "user" });
    return exit;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return 0;
      return complain(usageSentence(error), 2, isJson, terminal);
    }
    if (error instanceof UsageError) {
      return complain(error.message, 2, isJson, terminal);
    }
    const report = bugReport(error, argv.includes("--verbose"));
    return complain(report, 4, isJson, terminal);
  }
}

function readGlobals(flags: Flags, terminal: Terminal): GlobalOptions {
  const cwd = resolve(terminal.cwd(), flags.cwd ?? ".");
  if (!statSync(cwd, { throwIfNoEntry: false })?.isDirectory()) {
    throw new UsageError(`\`--cwd ${flags.cwd ?? "."}\` is not a folder`);
  }
  return {
    cwd,
    json: flags.json ?? false,
    quiet: flags.quiet ?? false,
    verbose: flags.verbose ?? false,
    ...(flags.config !== undefined && { config: flags.config }),
    ...(flags.root !== undefined && { root: flags.root }),
  };
}

/** stdout is data, stderr is talk. */
async function print(
  outcome: Outcome,
  { json, quiet, verbose }: GlobalOptions,
  wantsColor: boolean,
  terminal: Terminal,
): Promise<ExitCode> {
  const { stdout, stderr } = terminal;
  if (outcome.annotations) stderr.write(outcome.annotations);
  if (json) {
    const { reportJson } = await import("./commands/report-json.js");
    stdout.write(reportJson(outcome));
    return outcome.exit;
  }
  const diagnostics = quiet
    ? outcome.diagnostics.filter((each) => each.severity === "error")
    : outcome.diagnostics;
  if (diagnostics.length > 0) {
    const { renderDiagnostics } = await import("./lint/render.js");
    stderr.write(
      renderDiagnostics(diagnostics, outcome.sources, {
        color: wantsColor && hasColor(terminal),
      }),
    );
  }
  if (outcome.data !== undefined) stdout.write(outcome.data);
  if (!quiet) for (const line of outcome.summary) stderr.write(`${line}\n`);
  if (verbose) stderr.write(timesByStage(outcome.timings));
  return outcome.exit;
}

function timesByStage(timings: Readonly<Record<string, number>>): string {
  return Object.entries(timings)
    .map(([stage, ms]) => `${stage.padStart(10)} ${ms.toFixed(1)} ms\n`)
    .join("");
}

function complain(
  message: string,
  exit: ExitCode,
  isJson: boolean,
  { stdout, stderr }: Terminal,
): ExitCode {
  if (isJson) {
    const code = exit === 4 ? "KT0002" : "KT0001";
    const line = { version: kontractVersion(), ok: false };
    const diagnostics = [{ code, severity: "error", message }];
    const rest = { files: [], timings: {} };
    stdout.write(`${JSON.stringify({ ...line, diagnostics, ...rest })}\n`);
  } else {
    stderr.write(`kontract: ${message}\n`);
  }
  return exit;
}
