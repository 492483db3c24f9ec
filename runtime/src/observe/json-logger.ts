/** Room `observe`: our logger as JSON lines, errors with the chain of their causes. */
import { wallClock } from "../contract/clock.js";
import type { LogFields, Logger } from "../contract/logger.js";
import { describeValue } from "./stderr-logger.js";
import { stdoutLines, type WriteLine } from "./line-writer.js";

const LEVELS = ["debug", "info", "warn", "error"] as const;
export type Level = (typeof LEVELS)[number];

export interface JsonLoggerOptions {
  /** The least level that is written; `info`. */
  readonly level?: Level;
  /** Added to every line: `{ service: "shop" }`. */
  readonly fields?: LogFields;
  /** Default: stdout, several lines at a time. */
  readonly write?: WriteLine;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** For `createApp({ logger })` and `createRouter(…, { logger })`. */
export function jsonLogger(options: JsonLoggerOptions = {}): Logger {
  const { level = "info", fields: bound, now = wallClock } = options;
  const write = options.write ?? stdoutLines();
  const least = LEVELS.indexOf(level);
  const at = (name: Level): Logger[Level] => {
    if (LEVELS.indexOf(name) < least) return () => undefined;
    return (message, fields) => {
      const shown: Record<string, unknown> = {
        time: now(),
        level: name,
        message,
      };
      for (const [key, value] of Object.entries({ ...bound, ...fields })) {
        if (!(key in shown)) shown[key] = describeValue(value);
      }
      write(jsonOf(shown, { time: now(), level: name, message }));
    };
  };
  return {
    debug: at("debug"),
    info: at("info"),
    warn: at("warn"),
    error: at("error"),
  };
}

/** A ring or a bigint among the fields must not cost us the message. */
function jsonOf(shown: object, plain: object): string {
  try {
    return JSON.stringify(shown);
  } catch {
    return JSON.stringify(plain);
  }
}

/** The part of pino that is used. */
export interface PinoLogger {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** pino behind our four methods; errors are under `err`, where its serializer finds them. */
export function pinoLogger(pino: PinoLogger): Logger {
  const at =
    (level: Level): Logger[Level] =>
    (message, { error, ...fields }: LogFields = {}) => {
      pino[level](
        error === undefined ? fields : { ...fields, err: error },
        message,
      );
    };
  return {
    debug: at("debug"),
    info: at("info"),
    warn: at("warn"),
    error: at("error"),
  };
}
