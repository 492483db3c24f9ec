/** `@kontract/runtime/metrics`: figures of the service in the text format of Prometheus. */
export {
  createMetrics,
  type Metrics,
  type MetricsOptions,
} from "./observe/metrics.js";
export { observe } from "./observe/observation.js";
