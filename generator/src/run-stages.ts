/** Room `generator`: runs stages one after the other, with their findings and times. */
import type { Diagnostic, Staged } from "./lint/diagnostic.js";

export interface Run {
  diagnostics: Diagnostic[];
  /** What the stages have found, whatever was made of it since. */
  said: Diagnostic[];
  /** ms by stage, in the order in which they ran. */
  timings: Record<string, number>;
  /** A stage without input does not run, and has no output. */
  stage<Input, Output>(
    name: string,
    input: Input | undefined,
    work: (input: Input) => Staged<Output> | Promise<Staged<Output>>,
  ): Promise<Output | undefined>;
  /** The value, unless there are errors: what follows would build on sand. */
  unlessErrors<T>(value: T): T | undefined;
  /** Changes what has been found so far. */
  revise(change: (found: Diagnostic[]) => Diagnostic[]): void;
}

export function openRun(): Run {
  const diagnostics: Diagnostic[] = [];
  const said: Diagnostic[] = [];
  const timings: Record<string, number> = {};
  return {
    diagnostics,
    said,
    timings,
    async stage(name, input, work) {
      if (input === undefined) return undefined;
      const start = performance.now();
      const staged = await work(input);
      timings[name] = performance.now() - start;
      diagnostics.push(...staged.diagnostics);
      said.push(...staged.diagnostics);
      return staged.value;
    },
    unlessErrors: (value) =>
      diagnostics.some((each) => each.severity === "error") ? undefined : value,
    revise(change) {
      diagnostics.splice(0, diagnostics.length, ...change([...diagnostics]));
    },
  };
}
