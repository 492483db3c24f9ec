/** Room `contract`: the four methods that the runtime asks of a logger. */

/** Named values beside the message: `{ operationId, requestId, error }`. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Where the runtime and handlers write their log. An `error` field holds the thrown value itself, `cause` chain included. */
export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}
