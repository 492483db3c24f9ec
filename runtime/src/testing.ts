/** `@kontract/runtime/testing`: for the tests of those who write services, or stores. */
export type { StoreCase } from "./contract/store-case.js";
export { cacheStoreCases } from "./caching/store-cases.js";
export { idempotencyStoreCases } from "./idempotency/store-cases.js";
export { rateLimitStoreCases } from "./rate-limit/store-cases.js";
