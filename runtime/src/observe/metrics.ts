/** Room `observe`: figures of the service in the text format of Prometheus. */
import { type Pages, pagesAt } from "../contract/pages.js";
import type { RequestFacts, RequestObserver } from "../contract/observer.js";

/** Seconds, as OpenTelemetry advises for `http.server.request.duration`. */
const BOUNDS = [
  0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
];

/** Of one method, route and status. */
interface Series {
  readonly labels: string;
  /** Requests by bound, each in one only; the last is above all of them. */
  readonly counts: number[];
  seconds: number;
  requestBytes: number;
  responseBytes: number;
}

/** Of one method and route. */
interface RouteSeries {
  readonly labels: string;
  readonly byStatus: Map<number, Series>;
  invalid: number;
  undeclared: number;
  aborted: number;
}

export interface MetricsOptions {
  /** `/metrics` */
  readonly path?: string;
  /** More figures in the same format: `() => register.metrics()` of prom-client. */
  readonly more?: () => string | Promise<string>;
}

export interface Metrics {
  /** For `createApp({ observers })` or `observe()`. */
  readonly observer: RequestObserver;
  /** Koa middleware that answers `/metrics`. Keep it from strangers. */
  pages(): Pages;
  /** The figures as text. */
  text(): string;
}

/**
 * Counts every request by method, route template and status. The number of series is bounded by the document, whatever
 * paths and methods clients invent.
 */
export function createMetrics(options: MetricsOptions = {}): Metrics {
  const routes = new Map<string, Map<string, RouteSeries>>();
  const errors = new Map<string, number>();
  let active = 0;

  const observer: RequestObserver = {
    begin() {
      active += 1;
    },
    end(_ctx, facts) {
      active -= 1;
      const series = seriesOf(routes, facts);
      count(series, facts);
      if (facts.error !== undefined) {
        const type = typeOf(facts.error);
        const key = errors.has(type) || errors.size < 50 ? type : "_OTHER";
        errors.set(key, (errors.get(key) ?? 0) + 1);
      }
    },
  };
  const text = (): string => exposition(routes, errors, active);
  const path = options.path ?? "/metrics";
  const middleware = pagesAt((asked) => {
    if (asked !== path) return undefined;
    return async (ctx) => {
      const more = await options.more?.();
      ctx.set("Cache-Control", "no-store");
      ctx.body = more === undefined ? text() : `${text()}${more.trimEnd()}\n`;
      ctx.set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
    };
  });
  return { observer, pages: () => middleware, text };
}

const METHODS = new Set([
  "GET",
  "HEAD",
  "POST",
  "PUT",
  "PATCH",
  "DELETE",
  "OPTIONS",
  "TRACE",
  "QUERY",
]);

function seriesOf(
  routes: Map<string, Map<string, RouteSeries>>,
  { route = "", method }: RequestFacts,
): RouteSeries {
  let byMethod = routes.get(route);
  if (byMethod === undefined) {
    byMethod = new Map();
    routes.set(route, byMethod);
  }
  let series = byMethod.get(method);
  if (series === undefined) {
    const known = METHODS.has(method) ? method : "_OTHER";
    series = byMethod.get(known);
    if (series === undefined) {
      series = {
        labels: `method="${known}",route="${escape(route)}"`,
        byStatus: new Map(),
        invalid: 0,
        undeclared: 0,
        aborted: 0,
      };
      byMethod.set(known, series);
    }
  }
  return series;
}

function count(route: RouteSeries, facts: RequestFacts): void {
  const { status, duration } = facts;
  let series = route.byStatus.get(status);
  if (series === undefined) {
    series = {
      labels: `${route.labels},status="${status}"`,
      counts: Array.from({ length: BOUNDS.length + 1 }, () => 0),
      seconds: 0,
      requestBytes: 0,
      responseBytes: 0,
    };
    route.byStatus.set(status, series);
  }
  const seconds = duration / 1000;
  let at = 0;
  while (at < BOUNDS.length && seconds > (BOUNDS[at] ?? 0)) at++;
  series.counts[at] = (series.counts[at] ?? 0) + 1;
  series.seconds += seconds;
  if (facts.requestBytes !== undefined) {
    series.requestBytes += facts.requestBytes;
  }
  if (facts.responseBytes !== undefined) {
    series.responseBytes += facts.responseBytes;
  }
  if (facts.invalid > 0) route.invalid += 1;
  if (facts.undeclared) route.undeclared += 1;
  if (facts.aborted) route.aborted += 1;
}

/** The name of the error's class, which the code chooses, and no request. */
function typeOf(error: unknown): string {
  return error instanceof Error ? error.constructor.name : typeof error;
}

function escape(text: string): string {
  return text
    .replaceAll("\\", "\\\\")
    .replaceAll('"', '\\"')
    .replaceAll("\n", "\\n");
}

function exposition(
  routes: ReadonlyMap<string, ReadonlyMap<string, RouteSeries>>,
  errors: ReadonlyMap<string, number>,
  active: number,
): string {
  const all = [...routes.values()].flatMap((each) => [...each.values()]);
  const series = all.flatMap(({ byStatus }) => [...byStatus.values()]);
  const lines: string[] = [];
  const head = (name: string, type: string, help: string): void => {
    lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`);
  };
  const duration = "http_server_request_duration_seconds";
  head(duration, "histogram", "Time until the answer was sent.");
  for (const { labels, counts, seconds } of series) {
    let total = 0;
    counts.forEach((each, at) => {
      total += each;
      const bound = BOUNDS[at] ?? "+Inf";
      lines.push(`${duration}_bucket{${labels},le="${bound}"} ${total}`);
    });
    lines.push(`${duration}_sum{${labels}} ${seconds}`);
    lines.push(`${duration}_count{${labels}} ${total}`);
  }
  for (const [name, member, help] of [
    ["http_server_request_body_bytes", "requestBytes", "received"],
    ["http_server_response_body_bytes", "responseBytes", "sent"],
  ] as const) {
    head(name, "counter", `Bytes of content ${help}, where declared.`);
    for (const each of series) {
      lines.push(`${name}{${each.labels}} ${each[member]}`);
    }
  }
  for (const [name, member, help] of [
    ["validation_failures", "invalid", "Requests that broke the contract."],
    ["undeclared_responses", "undeclared", "Answers outside of the contract."],
    ["aborted_requests", "aborted", "Requests whose client left."],
  ] as const) {
    head(`http_server_${name}_total`, "counter", help);
    for (const each of all) {
      lines.push(`http_server_${name}_total{${each.labels}} ${each[member]}`);
    }
  }
  head("http_server_errors_total", "counter", "Errors by their class.");
  for (const [type, total] of errors) {
    lines.push(
      `http_server_errors_total{error_type="${escape(type)}"} ${total}`,
    );
  }
  head("http_server_active_requests", "gauge", "Requests in flight.");
  lines.push(`http_server_active_requests ${active}`);
  return `${lines.join("\n")}\n`;
}
