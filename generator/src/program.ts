/** Room `generator`: the commands and their options, each with the module that runs it. */
import { Command } from "commander";
import type {
  GlobalOptions,
  Outcome,
  TargetFlags,
} from "./commands/outcome.js";
import type { Wishes } from "./commands/report-findings.js";
import type { Terminal } from "./terminal.js";
import { kontractVersion } from "./version.js";

export interface Flags {
  config?: string;
  cwd?: string;
  root?: string;
  json?: boolean;
  quiet?: boolean;
  verbose?: boolean;
  color: boolean;
}

/** `report` prints an outcome before the last one. */
export type Act = (
  globals: GlobalOptions,
  report: (outcome: Outcome) => Promise<void>,
) => Promise<Outcome>;

export const EXAMPLES = `
Examples:
  kontract init my-service                 a new service that runs
  kontract generate openapi.yaml           write ./generated, add missing ./handlers
  kontract generate -o src/api --handlers src/handlers
  kontract check                           for CI: is the generated code up to date?
  kontract mock openapi.yaml --port 4010   serve it before a handler is written
  kontract lint openapi.yaml               problems of the document, with their lines
  kontract diff main openapi.yaml          what has changed for clients since main
  kontract explain KT2003                  what a finding means

Exit codes: 0 ok, 1 problems found, 2 wrong usage or config, 3 unusable document, 4 our bug
`;

/** `run` is given the options that every command takes, and what the command does. */
export function describeProgram(
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

  program
    .command("init [dir]")
    .description("a new service that runs; never overwrites")
    .action(
      act((dir) => async (globals) => {
        const { runInit } = await import("./commands/init.js");
        const agent = terminal.env["npm_config_user_agent"];
        return runInit(
          typeof dir === "string" ? dir : undefined,
          globals,
          agent,
        );
      }),
    );
  withTarget(program.command("generate [spec]"))
    .option("--watch", "do it again whenever the document changes")
    .description("write the generated code, and add missing handlers")
    .action(
      act((spec, options) => async (globals, report) => {
        if (isSet(options, "watch")) {
          const { runWatch } = await import("./commands/watch.js");
          const signal =
            terminal.interrupted?.() ?? new AbortController().signal;
          const watching = { signal, report };
          return runWatch(targetFlags(spec, options), globals, watching);
        }
        const { runGenerate } = await import("./commands/generate.js");
        return runGenerate(targetFlags(spec, options), globals);
      }),
    );
  const withFindings = (command: Command) =>
    command.option(
      "--sarif [file]",
      "write a SARIF 2.1.0 log; without a file, on stdout",
    );
  const wishes = (command: "check" | "lint", options: unknown): Wishes => {
    const sarif: unknown = Reflect.get(Object(options), "sarif");
    const asked = { command, env: terminal.env };
    if (typeof sarif === "string") return { ...asked, sarif };
    return sarif === true ? { ...asked, sarif } : asked;
  };
  withFindings(withTarget(program.command("check [spec]")))
    .description("write nothing; fail when code or handlers are out of date")
    .action(
      act((spec, options) => async (globals) => {
        const { runCheck } = await import("./commands/check.js");
        const { reportFindings } =
          await import("./commands/report-findings.js");
        const run = () => runCheck(targetFlags(spec, options), globals);
        return reportFindings(run, globals, wishes("check", options));
      }),
    );
  withFindings(program.command("lint [spec]"))
    .option("--report", "what the document uses, and what becomes of it")
    .description("say what is wrong with the document, and where")
    .action(
      act((spec, options) => async (globals) => {
        const { runLint } = await import("./commands/lint.js");
        const { reportFindings } =
          await import("./commands/report-findings.js");
        const withReport = isSet(options, "report");
        const run = () => runLint(targetFlags(spec, {}), globals, withReport);
        return reportFindings(run, globals, wishes("lint", options));
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

function isSet(options: unknown, name: string): boolean {
  return Reflect.get(Object(options), name) === true;
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
