/** `@kontract/runtime/health`: probes for whoever runs the service, and its end in good order. */
export type { Check, CheckResult } from "./health/checks.js";
export {
  createHealth,
  type Health,
  type HealthOptions,
} from "./health/health.js";
export {
  shutDown,
  type ShutdownOptions,
  shutDownOnSignal,
  type SignalOptions,
} from "./health/shutdown.js";
