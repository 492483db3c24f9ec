/** Room `caching`: entity tags and dates on what is read, preconditions on what is read and written (RFC 9110 13). */
import type { ConditionalPolicy } from "../contract/policies.js";
import type { Exchange, Policy, PolicyContext } from "../contract/policy.js";
import type { Current, Preconditions } from "../contract/preconditions.js";
import type { WireResponse } from "../contract/wire-response.js";
import { problem } from "../errors/problem.js";
import { entityTag, tagOf, tagsOf } from "./entity-tag.js";
import { headerOf, withHeaders } from "./header-of.js";
import { memberAt } from "./member-at.js";
import { isGuarded, judge } from "./preconditions.js";

/** The inner layer: says with each answer what it can be recognized by. What the handler says counts. */
export function bindValidators(
  { etag, lastModified }: ConditionalPolicy,
  { now }: PolicyContext,
): Policy {
  const dates = new WeakMap<Exchange, string>();
  const tags = new WeakMap<Exchange, string>();
  return {
    shape(exchange, response) {
      if (!isSuccess(response.status)) return response;
      if (typeof lastModified === "object") {
        const date = httpDate(
          memberAt(response.body, lastModified.from),
          now(),
        );
        if (date !== undefined) dates.set(exchange, date);
      }
      if (typeof etag === "object") {
        const text = memberAt(response.body, etag.from);
        if (typeof text === "string" || typeof text === "number") {
          tags.set(exchange, entityTag(String(text)));
        }
      }
      return response;
    },
    seal(exchange, wire) {
      if (!isSuccess(wire.status)) return wire;
      const added: Record<string, string> = {};
      const date = dates.get(exchange);
      if (
        date !== undefined &&
        headerOf(wire.headers, "last-modified") === undefined
      ) {
        added["Last-Modified"] = date;
      }
      if (headerOf(wire.headers, "etag") === undefined) {
        const tag = tags.get(exchange) ?? computed(wire);
        if (tag !== undefined) added["ETag"] = tag;
      }
      return withHeaders(wire, added);
    },
  };

  function computed({ body, type }: WireResponse): string | undefined {
    if (etag !== "strong" && etag !== "weak") return undefined;
    // A stream has no bytes to look at before they are sent.
    return typeof body === "string" || body instanceof Uint8Array
      ? tagOf(body, type, etag === "weak")
      : undefined;
  }
}

/** The outer layer: refuses what the client does not want any more, and sends nothing that it has already. */
export function bindPreconditions(
  { required, writes }: ConditionalPolicy,
  { operationId, logger }: PolicyContext,
): Policy {
  if (writes !== true) {
    return {
      seal({ ctx }, wire) {
        if (!isSuccess(wire.status)) return wire;
        const verdict = judge(ctx.req.headers, true, currentOf(wire));
        if (verdict === 412) throw problem.preconditionFailed();
        return verdict === 304 ? notModified(wire) : wire;
      },
    };
  }
  const looked = new WeakSet<Exchange>();
  return {
    admit({ ctx }) {
      if (required === true && !isGuarded(ctx.req.headers)) {
        throw problem.preconditionRequired({
          detail: "send `If-Match` with the entity tag of what you change",
        });
      }
    },
    enter(exchange) {
      exchange.give("preconditions", preconditionsOf(exchange, looked));
      return undefined;
    },
    settle(exchange, { wire }) {
      const { headers } = exchange.ctx.req;
      const written = wire !== undefined && isSuccess(wire.status);
      if (!written || looked.has(exchange) || !isGuarded(headers)) return;
      logger.error(
        `the handler of ${operationId} did not look at the preconditions of the request: call \`preconditions.check\``,
        { operationId },
      );
    },
  };
}

function preconditionsOf(
  exchange: Exchange,
  looked: WeakSet<Exchange>,
): Preconditions {
  const { headers } = exchange.ctx.req;
  return {
    check(current) {
      looked.add(exchange);
      if (judge(headers, false, current) === 412) {
        throw problem.preconditionFailed();
      }
    },
    get ifMatch() {
      looked.add(exchange);
      const field = headers["if-match"];
      if (field === undefined) return undefined;
      const tags = tagsOf(field);
      if (tags === "*") return tags;
      return tags
        .filter((tag) => !tag.startsWith("W/"))
        .map((tag) => tag.slice(1, -1));
    },
  };
}

function currentOf({ headers }: WireResponse): Current {
  return {
    etag: headerOf(headers, "etag"),
    lastModified: headerOf(headers, "last-modified"),
  };
}

/** RFC 9110 15.4.5: the fields that a cache needs, and none that describes a body. */
function notModified(wire: WireResponse): WireResponse {
  const kept: Record<string, unknown> = Object.create(null);
  for (const [name, value] of Object.entries(wire.headers ?? {})) {
    if (!/^content-(?!location$)/i.test(name)) kept[name] = value;
  }
  return { status: 304, type: undefined, body: undefined, headers: kept };
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

/** RFC 9110 8.8.2.1: never later than the answer itself. */
function httpDate(value: unknown, now: number): string | undefined {
  const time =
    typeof value === "string" || typeof value === "number"
      ? new Date(value).getTime()
      : value instanceof Date
        ? value.getTime()
        : Number.NaN;
  if (!Number.isFinite(time)) return undefined;
  return new Date(Math.min(time, now)).toUTCString();
}
