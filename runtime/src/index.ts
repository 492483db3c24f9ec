/** The public interface of `@kontract/runtime`. */
export type { Handler } from "./contract/handler.js";
export type {
  Claim,
  IdempotencyStore,
  StoredAnswer,
} from "./contract/idempotency-store.js";
export type { IdempotencyOptions } from "./contract/idempotency-options.js";
export type { FileBody } from "./contract/file-body.js";
export type { ItemSource } from "./contract/item-source.js";
export type { RequestFacts, RequestObserver } from "./contract/observer.js";
export type { Logger, LogFields } from "./contract/logger.js";
export type {
  DeprecatedCall,
  ErrorContext,
  CursorOptions,
  Limits,
  OperationMiddleware,
  RouterOptions,
} from "./contract/options.js";
export type { CacheInput, RememberOptions } from "./contract/cache-input.js";
export type { CacheReading, CacheStore } from "./contract/cache-store.js";
export type { Current, Preconditions } from "./contract/preconditions.js";
export {
  MemoryCacheStore,
  type MemoryCacheOptions,
} from "./caching/memory-store.js";
export type { CursorInput, OffsetInput, PageInput } from "./contract/paging.js";
export type {
  AnyCondition,
  AnyFilter,
  AnyOf,
  Condition,
  Filter,
  FilterBy,
  FilterOperator,
  FilterTree,
  Names,
  Sort,
  SortKey,
} from "./contract/querying.js";
export type { PrincipalOf } from "./contract/principal-of.js";
// By `export *`, since only that lets users merge into the interface by the name of the package.
export * from "./contract/cursors.js";
export * from "./contract/principals.js";
export type {
  AuthenticationContext,
  Authenticator,
  BasicCredential,
  ClientCertificate,
  JwtFacts,
  SecurityScheme,
} from "./contract/security.js";
export type { CorsOptions } from "./contract/cors.js";
export type {
  OnSecurityEvent,
  SecurityEvent,
  SecurityEventName,
} from "./contract/security-event.js";
export type {
  LimitEvent,
  RateLimitOptions,
} from "./contract/rate-limit-options.js";
export type {
  Algorithm,
  Budget,
  Charge,
  RateLimitStore,
  Verdict,
} from "./contract/rate-limit-store.js";
export {
  Problem,
  problem,
  type ProblemFields,
  type ProblemOptions,
} from "./errors/problem.js";
export { file, type FileOptions } from "./files/file.js";
export type { ProblemFacts, ProblemType } from "./errors/problem-type.js";
export {
  apiCatalog,
  type ApiCatalogOptions,
  type CatalogEntry,
} from "./links/api-catalog.js";
export {
  type VersionEnd,
  versions,
  type VersionsOptions,
} from "./server/versions.js";
export { type AppOptions, createApp } from "./server/app.js";
export type { ServerLimits, ServerOptions } from "./server/app-server.js";
export {
  apiKeys,
  type ApiKeysOptions,
  createApiKey,
  equalSecrets,
  hashApiKey,
  type StoredKey,
} from "./security/api-keys.js";
export { clientAddress, isSecure, trustProxies } from "./transport/client.js";
export type { HttpsOnly } from "./transport/https-only.js";
export { httpsOnly, securityHeaders } from "./transport/middleware.js";
export type { SecurityHeaders } from "./transport/security-headers.js";
export type { ProxyFields, TrustProxy } from "./transport/trusted-proxies.js";
export {
  type EventFields,
  type ServerEvent,
  serverEvent,
} from "./streaming/server-event.js";
export { InvalidMessageError, RefusedTargetError } from "./webhooks/errors.js";
