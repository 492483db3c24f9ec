/** Room `generator`: what is said when we are at fault. */
import { kontractVersion } from "./version.js";

export function bugReport(error: unknown, isVerbose: boolean): string {
  const what = error instanceof Error ? error.message : String(error);
  const trace = error instanceof Error ? error.stack : undefined;
  return [
    `internal error: ${what}`,
    "This is a bug of kontract, not of your document. Please report it with the document,",
    `the command line, and this: kontract ${kontractVersion()}, node ${process.version}, ${process.platform}.`,
    isVerbose && trace ? trace : "`--verbose` shows the trace.",
  ].join("\n");
}
