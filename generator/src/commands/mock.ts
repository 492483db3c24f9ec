/** Room `commands`: `kontract mock`: serves the document until it is told to end. */
import { once } from "node:events";
import { exitCodeOf } from "./exit-code.js";
import type { GlobalOptions, Outcome, TargetFlags } from "./outcome.js";
import { resolveTargets } from "./targets.js";
import { UsageError } from "./usage-error.js";

export interface MockFlags extends TargetFlags {
  port?: string;
  host?: string;
}

const PORT = 4010;

/** `announce` is told when it is ready; `ended` settles when it shall stop. */
export async function runMock(
  flags: MockFlags,
  globals: GlobalOptions,
  announce: (line: string) => void,
  ended: () => Promise<unknown> = signal,
): Promise<Outcome> {
  const port = flags.port === undefined ? PORT : Number(flags.port);
  if (!/^\d*$/.test(flags.port ?? "") || port > 65_535) {
    throw new UsageError(`\`--port ${flags.port}\` is no port`);
  }
  const [target, another] = await resolveTargets(flags, globals);
  if (target === undefined || another !== undefined) {
    throw new UsageError(
      "the config has several targets: name the document that shall be served",
    );
  }
  const { generate } = await import("../generate.js");
  // what a mock answers is made by the document, and looked at before it is given
  const generated = await generate(
    target.spec,
    {
      ...target.options,
      format: "none",
      importExtension: ".js",
      responseChecks: false,
    },
    { runsOnly: true },
  );
  const { diagnostics, sources, timings, files, layout } = generated;
  const outcome: Outcome = {
    exit: exitCodeOf(diagnostics),
    diagnostics,
    sources,
    files: [],
    timings,
    summary: [],
  };
  if (outcome.exit !== 0 || layout === undefined) return outcome;
  const { serveMock } = await import("../live/serve-mock.js");
  const over = ended();
  const host = flags.host ?? "127.0.0.1";
  const mock = await serveMock({ files, layout }, { port, host }).catch(
    (error: unknown) => {
      throw isAddressError(error)
        ? new UsageError(`cannot listen there: ${error.message}`)
        : error;
    },
  );
  announce(`listening on ${mock.url}\n`);
  await over;
  await mock.close();
  // they are the business of `lint`, and would come at the end
  return { ...outcome, diagnostics: [] };
}

function signal(): Promise<unknown> {
  return Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
}

function isAddressError(error: unknown): error is Error {
  return (
    error instanceof Error &&
    "syscall" in error &&
    (error.syscall === "listen" || error.syscall === "getaddrinfo")
  );
}
