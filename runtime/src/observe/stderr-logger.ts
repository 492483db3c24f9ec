/** Room `observe`: the logger of those who give none: errors as JSON lines on stderr, nothing else. */
import type { LogFields, Logger } from "../contract/logger.js";

/** Longer chains of causes are cut; a chain may be a ring. */
const MAX_CAUSES = 8;

/** Anything but an error is given back as it is. */
export function describeValue(value: unknown, left = MAX_CAUSES): unknown {
  if (!(value instanceof Error)) return value;
  const known: Record<string, unknown> = {
    name: value.name,
    message: value.message,
    stack: value.stack,
  };
  if ("code" in value) known["code"] = value.code;
  if (value.cause !== undefined && left > 0) {
    known["cause"] = describeValue(value.cause, left - 1);
  }
  return known;
}

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
