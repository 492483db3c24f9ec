/** Room `commands`: findings for the programs around us: annotations of a workflow, a SARIF log. */
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { annotations } from "./annotations.js";
import type { GlobalOptions, Outcome } from "./outcome.js";
import { sarifLog } from "./sarif.js";
import { sourceRoot } from "./source-path.js";
import { UsageError } from "./usage-error.js";

export interface Wishes {
  command: "check" | "lint";
  /** Where the log is written; `true`: on stdout. */
  sarif?: string | true;
  env: Readonly<Record<string, string | undefined>>;
}

export async function reportFindings(
  run: () => Promise<Outcome>,
  { cwd, json, quiet }: GlobalOptions,
  { command, sarif, env }: Wishes,
): Promise<Outcome> {
  const file = typeof sarif === "string" ? resolve(cwd, sarif) : undefined;
  if (sarif === true && json) {
    throw new UsageError(
      "`--json` and `--sarif` both print on stdout: name a file, as in `--sarif findings.sarif`",
    );
  }
  // Before the work, so that a slip of the pen costs nothing.
  if (file !== undefined) refuseOther(file, sarif);
  const outcome = await run();
  const root = sourceRoot(cwd, env);
  if (isSet(env["GITHUB_ACTIONS"])) {
    const diagnostics = outcome.diagnostics.filter(
      ({ severity }) => !quiet || severity === "error",
    );
    outcome.annotations = annotations({ ...outcome, diagnostics }, root);
  }
  if (sarif !== undefined) {
    const log = sarifLog(command, outcome, root);
    if (file !== undefined) write(file, log, sarif);
    else if (outcome.data === undefined) outcome.data = log;
    else {
      throw new UsageError(
        "`--report` and `--sarif` both print on stdout: name a file, as in `--sarif findings.sarif`",
      );
    }
  }
  return outcome;
}

/** `--sarif openapi.yaml` would take the document for the log. */
function refuseOther(file: string, name: unknown): void {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return;
  }
  if (text.trim() === "" || isLog(text)) return;
  throw new UsageError(
    `\`${String(name)}\` is there already and is no SARIF log: give \`--sarif\` a file of its own`,
  );
}

function isLog(text: string): boolean {
  try {
    const json: unknown = JSON.parse(text);
    return (
      typeof json === "object" &&
      json !== null &&
      "runs" in json &&
      "version" in json &&
      json.version === "2.1.0"
    );
  } catch {
    return false;
  }
}

function write(file: string, log: string, name: unknown): void {
  try {
    writeFileSync(file, log);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`\`${String(name)}\` cannot be written: ${why}`);
  }
}

/** As the workflow sets it: `true`. */
function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== "" && value !== "false";
}
