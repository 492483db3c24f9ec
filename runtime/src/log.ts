/** `@kontract/runtime/log`: one structured line for each request, and loggers. */
export {
  jsonLogger,
  type JsonLoggerOptions,
  type Level,
  pinoLogger,
  type PinoLogger,
} from "./observe/json-logger.js";
export {
  stdoutLines,
  type TextSink,
  type WriteLine,
} from "./observe/line-writer.js";
export { observe } from "./observe/observation.js";
export {
  requestLog,
  type RequestLogOptions,
  type TraceIds,
} from "./observe/request-log.js";
