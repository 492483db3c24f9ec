/** `@kontract/runtime/otel`: spans named by route, and their ids for the log. Needs `@opentelemetry/api`. */
export { activeTrace, routeSpans } from "./tracing/route-span.js";
