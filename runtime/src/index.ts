/** The public interface of `@kontract/runtime`. */
export type { Handler } from "./contract/handler.js";
export type { Logger, LogFields } from "./contract/logger.js";
export type {
  ErrorContext,
  Limits,
  OperationMiddleware,
  RouterOptions,
} from "./contract/options.js";
export type { PrincipalOf } from "./contract/principal-of.js";
// By `export *`, since only that lets users merge into the interface by the name of the package.
export * from "./contract/principals.js";
export type {
  AuthenticationContext,
  Authenticator,
  BasicCredential,
} from "./contract/security.js";
export {
  Problem,
  problem,
  type ProblemFields,
  type ProblemOptions,
} from "./errors/problem.js";
export { type AppOptions, createApp } from "./server/app.js";
export type { ServerLimits } from "./server/app-server.js";
