/** Room `commands`: the command line or the config asks for something that cannot be. */

/** One sentence for the user; exit code 2. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "UsageError";
  }
}
