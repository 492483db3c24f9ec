/** Room `observe`: the logger of those who give none: errors as JSON lines on stderr, nothing else. */
import type { LogFields, Logger } from "../contract/logger.js";
import { describeValue } from "./describe.js";

function line(message: string, fields: LogFields): string {
  const shown: Record<string, unknown> = { level: "error", message };
  for (const [name, value] of Object.entries(fields)) {
    shown[name] = describeValue(value);
  }
  try {
    return JSON.stringify(shown);
  } catch {
    // A ring or a bigint among the fields must not cost us the message.
    return JSON.stringify({ level: "error", message });
  }
}

export const stderrLogger: Logger = {
  debug() {},
  info() {},
  warn() {},
  error(message, fields = {}) {
    process.stderr.write(`${line(message, fields)}\n`);
  },
};
