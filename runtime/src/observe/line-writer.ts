/** Room `observe`: lines of a log, written several at a time. */

/** Takes one line without its line feed. */
export type WriteLine = (line: string) => void;

/** Characters that are held back at most. */
const HELD = 16 * 1024;

/** The part of a stream that is used. */
export interface TextSink {
  write(text: string): unknown;
}

/** Writes what one turn of the event loop has gathered, and at the end of the process what is left. */
export function stdoutLines(sink: TextSink = process.stdout): WriteLine {
  let held = "";
  let due = false;
  const flush = (): void => {
    due = false;
    if (held === "") return;
    const text = held;
    held = "";
    sink.write(text);
  };
  process.once("exit", flush);
  return (line) => {
    held += `${line}\n`;
    if (held.length > HELD) flush();
    else if (!due) {
      due = true;
      setImmediate(flush);
    }
  };
}
