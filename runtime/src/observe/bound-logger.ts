/** Room `observe`: a logger that adds what is known of the request to every line. */
import type { LogFields, Logger } from "../contract/logger.js";

export function bindLogger(logger: Logger, bound: LogFields): Logger {
  return {
    debug: (message, fields) => logger.debug(message, { ...bound, ...fields }),
    info: (message, fields) => logger.info(message, { ...bound, ...fields }),
    warn: (message, fields) => logger.warn(message, { ...bound, ...fields }),
    error: (message, fields) => logger.error(message, { ...bound, ...fields }),
  };
}
