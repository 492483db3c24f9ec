/** Room `observe`: one structured line for each request. */
import type { Context } from "koa";
import { wallClock } from "../contract/clock.js";
import type { Logger } from "../contract/logger.js";
import {
  readyBodyOf,
  type RequestFacts,
  type RequestObserver,
} from "../contract/observer.js";
import { clientAddress } from "../transport/client.js";
import { describeValue } from "./stderr-logger.js";
import { stdoutLines, type WriteLine } from "./line-writer.js";
import { headerOf } from "./raw-header.js";
import { redact, REDACTED, sensitiveNames } from "./redact.js";
import { requestIdOf } from "./request-id.js";

/** Where a request stands in a distributed trace. */
export interface TraceIds {
  readonly trace_id: string;
  readonly span_id: string;
}

export interface RequestLogOptions {
  /** Takes the lines as message and fields, `info` or `error`: pino fits. Default: JSON lines by `write`. */
  readonly logger?: Logger;
  /** Takes finished lines, without line feed. Default: stdout, several lines at a time. */
  readonly write?: WriteLine;
  /** The share of requests that is logged, 0 to 1; those of status 500 and above all are. Default: 1. */
  readonly sample?: number;
  /** The document: its `x-sensitive` and `format: password` say what is never written. */
  readonly document?: object;
  /** Write the query, redacted by name. Default: no. */
  readonly query?: boolean;
  /** Request header fields to write, in lower case. Default: none. */
  readonly headers?: readonly string[];
  /** Write decoded request bodies and JSON answers, redacted by name. Default: no. */
  readonly bodies?: boolean;
  /** `activeTrace` of `@kontract/runtime/otel`. Default: what the client's `traceparent` says. */
  readonly trace?: () => TraceIds | undefined;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** An observer for `createApp({ observers })` or `observe()`. */
export function requestLog(options: RequestLogOptions = {}): RequestObserver {
  const { sample = 1, logger, now = wallClock } = options;
  const write = options.write ?? (logger ? undefined : stdoutLines());
  const names = sensitiveNames(options.document);
  const traces = new WeakMap<object, TraceIds>();
  const { trace } = options;
  let share = 0;

  function isSampled(status: number): boolean {
    if (status >= 500 || sample >= 1) return true;
    // Evenly spread, without chance.
    share += sample;
    if (share < 1) return false;
    share -= 1;
    return true;
  }

  function more(ctx: Context, facts: RequestFacts): Record<string, unknown> {
    const fields: Record<string, unknown> = {};
    const { rawHeaders } = ctx.req;
    if (options.query === true) {
      fields["query"] = redact({ ...ctx.query }, names);
    }
    for (const name of options.headers ?? []) {
      const value = headerOf(rawHeaders, name);
      if (value === undefined) continue;
      fields[`header_${name}`] = names.has(name)
        ? REDACTED
        : redact(value, names);
    }
    if (options.bodies === true) {
      const body: unknown = Reflect.get(facts.request ?? {}, "body");
      if (body !== undefined) fields["request_body"] = redact(body, names);
      const answer = answerOf(ctx);
      if (answer !== undefined) fields["response_body"] = redact(answer, names);
    }
    if (facts.error !== undefined) {
      fields["error"] = describeValue(facts.error);
    }
    return fields;
  }
  const isBare =
    options.query !== true &&
    options.headers === undefined &&
    options.bodies !== true;

  return {
    wantsBodies: options.bodies === true,
    ...(trace !== undefined && {
      begin(ctx) {
        const ids = trace();
        if (ids !== undefined) traces.set(ctx, ids);
      },
    }),
    end(ctx, facts) {
      if (!isSampled(facts.status)) return;
      const { req } = ctx;
      const ids = traces.get(ctx) ?? traceParent(req.rawHeaders);
      const extra =
        isBare && facts.error === undefined ? undefined : more(ctx, facts);
      const path = shownPath(req.url ?? "", facts.route, names);
      if (write === undefined) {
        const { status } = facts;
        const fields = {
          requestId: requestIdOf(req),
          method: facts.method,
          path,
          route: facts.route,
          operationId: facts.operationId,
          status,
          duration_ms: facts.duration,
          request_bytes: facts.requestBytes,
          response_bytes: facts.responseBytes,
          client: clientAddress(ctx),
          ...ids,
          ...(facts.invalid > 0 && { invalid: facts.invalid }),
          ...(facts.undeclared && { undeclared: true }),
          ...(facts.aborted && { aborted: true }),
          ...extra,
        };
        if (status >= 500) logger?.error("request", fields);
        else logger?.info("request", fields);
        return;
      }
      write(lineOf(ctx, facts, path, now(), ids, extra));
    },
  };
}

/** By hand: the request's own text is the only one that needs escaping. */
function lineOf(
  ctx: Context,
  facts: RequestFacts,
  path: string,
  time: number,
  ids: TraceIds | undefined,
  extra: Record<string, unknown> | undefined,
): string {
  const { status } = facts;
  const level = status >= 500 ? "error" : "info";
  let line = `{"time":${time},"level":"${level}","message":"request","requestId":"${requestIdOf(ctx.req)}","method":${quoted(facts.method)},"path":${quoted(path)}`;
  if (facts.route !== undefined) line += `,"route":${quoted(facts.route)}`;
  if (facts.operationId !== undefined) {
    line += `,"operationId":${quoted(facts.operationId)}`;
  }
  line += `,"status":${status},"duration_ms":${Math.round(facts.duration * 1000) / 1000}`;
  if (facts.requestBytes !== undefined) {
    line += `,"request_bytes":${facts.requestBytes}`;
  }
  if (facts.responseBytes !== undefined) {
    line += `,"response_bytes":${facts.responseBytes}`;
  }
  line += `,"client":${quoted(clientAddress(ctx))}`;
  if (ids !== undefined) {
    line += `,"trace_id":${quoted(ids.trace_id)},"span_id":${quoted(ids.span_id)}`;
  }
  if (facts.invalid > 0) line += `,"invalid":${facts.invalid}`;
  if (facts.undeclared) line += `,"undeclared":true`;
  if (facts.aborted) line += `,"aborted":true`;
  if (extra === undefined) return `${line}}`;
  const rest = JSON.stringify(extra);
  return rest === "{}" ? `${line}}` : `${line},${rest.slice(1)}`;
}

function quoted(text: string): string {
  return /^[\w !#-[\]-~]*$/.test(text) ? `"${text}"` : JSON.stringify(text);
}

const LONGEST = 1_000;

/** Without the query; the template where a variable of it is sensitive. */
function shownPath(
  target: string,
  route: string | undefined,
  names: ReadonlySet<string>,
): string {
  if (route !== undefined && hasSensitive(route, names)) return route;
  const mark = target.indexOf("?");
  const end = mark === -1 ? target.length : mark;
  return target.slice(0, Math.min(end, LONGEST));
}

const sensitiveRoutes = new WeakMap<object, Map<string, boolean>>();

function hasSensitive(route: string, names: ReadonlySet<string>): boolean {
  let known = sensitiveRoutes.get(names);
  if (known === undefined) {
    known = new Map();
    sensitiveRoutes.set(names, known);
  }
  let verdict = known.get(route);
  if (verdict === undefined) {
    verdict = [...route.matchAll(/\{([^}]*)\}/g)].some(([, name = ""]) =>
      names.has(name.toLowerCase()),
    );
    known.set(route, verdict);
  }
  return verdict;
}

/** W3C Trace Context, section 3.2. */
function traceParent(rawHeaders: readonly string[]): TraceIds | undefined {
  const value = headerOf(rawHeaders, "traceparent");
  if (value === undefined) return undefined;
  const [, trace_id, span_id] =
    /^(?!ff)[\da-f]{2}-(?!0{32})([\da-f]{32})-(?!0{16})([\da-f]{16})-[\da-f]{2}(?:$|-)/.exec(
      value,
    ) ?? [];
  if (trace_id === undefined || span_id === undefined) return undefined;
  return { trace_id, span_id };
}

function answerOf(ctx: Context): unknown {
  const ready = readyBodyOf(ctx);
  const text: unknown = typeof ready === "string" ? ready : ctx.body;
  if (typeof text !== "string") return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
