/** Room `commands`: the command line or the config asks for something that cannot be. */

/** One sentence for the user; exit code 2. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "UsageError";
  }
}

/** What the parser of the command line says, as one line. */
export function usageSentence({
  code,
  message,
}: {
  code: string;
  message: string;
}): string {
  if (code === "commander.help") return "a command is missing; see `--help`";
  // `error: unknown option '--ou'\n(Did you mean --out?)` as one line
  return message
    .replace(/^error: /, "")
    .replaceAll("\n", " ")
    .trim();
}
