/** Room `tracing`: names the server's span by its route, with nothing of OpenTelemetry but its interface. */
import {
  context,
  createContextKey,
  isSpanContextValid,
  trace,
} from "@opentelemetry/api";
import type { RequestObserver } from "../contract/observer.js";

/** Where the HTTP instrumentation takes the route from, for span and metric alike: made by `Symbol.for`, so it is the same key. */
const RPC_METADATA = createContextKey(
  "OpenTelemetry SDK Context Key RPC_METADATA",
);

/** An observer for `createApp({ observers })` or `observe()`. Without an SDK it does nothing. */
export function routeSpans(): RequestObserver {
  return {
    answered(_ctx, { route, operationId, error, status }) {
      const active = context.active();
      const metadata = active.getValue(RPC_METADATA);
      if (isRecord(metadata) && route !== undefined) metadata["route"] = route;
      const span = trace.getSpan(active);
      if (span === undefined) return;
      if (operationId !== undefined) {
        span.setAttribute("openapi.operation_id", operationId);
      }
      if (status >= 500 && error instanceof Error) {
        span.setAttribute("error.type", error.constructor.name);
        span.recordException(error);
      }
    },
  };
}

/** Ids of the active span, for lines of a log. */
export function activeTrace():
  { readonly trace_id: string; readonly span_id: string } | undefined {
  const ids = trace.getActiveSpan()?.spanContext();
  if (ids === undefined || !isSpanContextValid(ids)) return undefined;
  return { trace_id: ids.traceId, span_id: ids.spanId };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
