/** Room `generator`: argv → command → exit code; the only file that prints. */
import { Command, CommanderError } from "commander";
import { statSync } from "node:fs";
import { resolve } from "node:path";
import { bugReport } from "./bug-report.js";
import type {
  ExitCode,
  GlobalOptions,
  Outcome,
  TargetFlags,
} from "./commands/outcome.js";
import { UsageError, usageSentence } from "./commands/usage-error.js";
import { kontractVersion } from "./version.js";

/** Where a run prints; the process itself, or what a test listens with. */
export interface Terminal {
  stdout: { write(text: string): unknown };
  stderr: { write(text: string): unknown; isTTY?: boolean; columns?: number };
  env: Readonly<Record<string, string | undefined>>;
  cwd(): string;
}

interface Flags {
  config?: string;
  cwd?: string;
  root?: string;
  json?: boolean;
  quiet?: boolean;
  verbose?: boolean;
  color: boolean;
}

type Act = (globals: GlobalOptions) => Promise<Outcome>;

const EXAMPLES = `
Examples:
  kontract generate openapi.yaml           write ./generated, add missing ./handlers
  kontract generate -o src/api --handlers src/handlers
  kontract check                           for CI: is the generated code up to date?
  kontract mock openapi.yaml --port 4010   serve it before a handler is written
  kontract lint openapi.yaml               problems of the document, with their lines
  kontract diff main openapi.yaml          what has changed for clients since main
  kontract explain KT2003                  what a finding means

Exit codes: 0 ok, 1 problems found, 2 wrong usage or config, 3 unusable document, 4 our bug
`;

/** Runs one command line, without the name of the program. */
export async function main(
  argv: readonly string[],
  terminal: Terminal = processTerminal(),
): Promise<ExitCode> {
  const isJson = argv.includes("--json");
  let exit: ExitCode = 0;
  const program = describeProgram(terminal, async (flags, act) => {
    const globals = readGlobals(flags, terminal);
    exit = await print(await act(globals), globals, flags.color, terminal);
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

function describeProgram(
  terminal: Terminal,
  run: (flags: Flags, act: Act) => Promise<void>,
): Command {
  const program = new Command("kontract")
    .description("Turns an OpenAPI document into a running, typed Koa service.")
    .option("--config <file>", "config file (default: kontract.config.*)")
    .option("--cwd <dir>", "folder that relative paths are relative to")
    .option("--root <dir>", "folder that references may not leave")
    .option("--json", "print one JSON object on stdout")
    .option("--quiet", "print errors only")
    .option("--verbose", "print times by stage, and traces of our bugs")
    .option("--no-color", "print without colours")
    .version(kontractVersion(), "--version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand(false)
    .addHelpText("after", EXAMPLES)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void terminal.stdout.write(text),
      // wrong usage is told once, by `complain`
      writeErr: () => undefined,
      outputError: () => undefined,
    });

  const act = (build: (...args: unknown[]) => Act) =>
    async function (this: Command, ...args: unknown[]): Promise<void> {
      await run(this.optsWithGlobals<Flags>(), build(...args));
    };
  const withTarget = (command: Command) =>
    command
      .option("-o, --out <dir>", "the generated code (default: generated)")
      .option("--handlers <dir>", "your handlers (default: handlers)")
      .option("--no-handlers", "leave handlers alone");

  withTarget(program.command("generate [spec]"))
    .description("write the generated code, and add missing handlers")
    .action(
      act((spec, options) => async (globals) => {
        const { runGenerate } = await import("./commands/generate.js");
        return runGenerate(targetFlags(spec, options), globals);
      }),
    );
  withTarget(program.command("check [spec]"))
    .description("write nothing; fail when code or handlers are out of date")
    .action(
      act((spec, options) => async (globals) => {
        const { runCheck } = await import("./commands/check.js");
        return runCheck(targetFlags(spec, options), globals);
      }),
    );
  program
    .command("lint [spec]")
    .description("say what is wrong with the document, and where")
    .action(
      act((spec) => async (globals) => {
        const { runLint } = await import("./commands/lint.js");
        return runLint(targetFlags(spec, {}), globals);
      }),
    );
  program
    .command("mock [spec]")
    .description("serve the document, with answers made from it")
    .option("--port <n>", "the port to listen on; 0: any free one (4010)")
    .option("--host <address>", "the address to listen on (127.0.0.1)")
    .action(
      act((spec, options) => async (globals) => {
        const { runMock } = await import("./commands/mock.js");
        const own = textFlags(options, ["port", "host"]);
        const flags = { ...targetFlags(spec, {}), ...own };
        return runMock(flags, globals, (line) => terminal.stdout.write(line));
      }),
    );
  program
    .command("test [spec]")
    .description("hold a running server against the document")
    .option("--url <url>", "where the server answers")
    .option("--seed <n>", "another seed gives other requests (1)")
    .option("--requests <n>", "valid requests of each operation (5)")
    .action(
      act((spec, options) => async (globals) => {
        const { runTest } = await import("./commands/test.js");
        const own = textFlags(options, ["url", "seed", "requests"]);
        return runTest({ ...targetFlags(spec, {}), ...own }, globals);
      }),
    );
  program
    .command("diff <old> <new>")
    .description("what changed for clients between two files or git revisions")
    .option("--fail-on <severity>", "breaking (default), warning or any")
    .option("--format <format>", "text (default) or markdown")
    .option("--changelog <file>", "add an entry for the new version to a file")
    .action(
      act((before, after, options) => async (globals) => {
        const { runDiff } = await import("./commands/diff.js");
        const flags = {
          before: String(before),
          after: String(after),
          ...textFlags(options, ["failOn", "format", "changelog"]),
        };
        return runDiff(flags, globals);
      }),
    );
  program
    .command("explain <code>")
    .description("explain a finding, such as KT2003")
    .action(
      act((code) => async () => {
        const { runExplain } = await import("./commands/explain.js");
        return runExplain(String(code));
      }),
    );
  return program;
}

function targetFlags(spec: unknown, options: unknown): TargetFlags {
  const flags: TargetFlags = {};
  if (typeof spec === "string") flags.spec = spec;
  if (typeof options !== "object" || options === null) return flags;
  if ("out" in options && typeof options.out === "string")
    flags.out = options.out;
  if ("handlers" in options) {
    if (options.handlers === false) flags.handlers = false;
    else if (typeof options.handlers === "string")
      flags.handlers = options.handlers;
  }
  return flags;
}

function textFlags<Name extends string>(
  options: unknown,
  names: readonly Name[],
): { [Key in Name]?: string } {
  const flags: { [Key in Name]?: string } = {};
  for (const name of names) {
    const value: unknown = Reflect.get(Object(options), name);
    if (typeof value === "string") flags[name] = value;
  }
  return flags;
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

/** `NO_COLOR` and `FORCE_COLOR` as their conventions say: any text that is not empty counts. */
function hasColor({ stderr, env }: Terminal): boolean {
  if (env["NO_COLOR"]) return false;
  if (env["FORCE_COLOR"]) return env["FORCE_COLOR"] !== "0";
  return stderr.isTTY === true && env["TERM"] !== "dumb";
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

function processTerminal(): Terminal {
  const { stdout, stderr, env } = process;
  return { stdout, stderr, env, cwd: () => process.cwd() };
}
