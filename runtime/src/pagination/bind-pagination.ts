/** Room `pagination`: gives handlers the page that is wanted, and writes the rest of the answer around their items. */
import { randomBytes } from "node:crypto";
import type { PaginationPolicy } from "../contract/policies.js";
import type { Exchange, Policy, PolicyContext } from "../contract/policy.js";
import { bindingOf, type CursorSigner, cursorSigner } from "./cursor.js";
import { pageBody, type PageFacts } from "./page-body.js";
import { cursorFacts, numberedFacts } from "./page-facts.js";
import { linkHeader } from "./page-links.js";
import { cursorProblem } from "./cursor-problem.js";

type Query = Readonly<Record<string, unknown>>;

/** A page as the client asked for it. */
interface Wanted {
  readonly limit: number;
  readonly offset: number;
  /** What a cursor to the next page is bound to. */
  readonly binding: string;
}

/** Throws where the keys of `options.cursors` cannot be used. */
export function bindPagination(
  policy: PaginationPolicy,
  context: PolicyContext,
): Policy {
  const { inputs } = policy;
  const parameter = inputs.cursor ?? "cursor";
  const signer =
    policy.style === "cursor"
      ? context.shared("cursors", () => makeSigner(context))
      : undefined;
  const wanted = new WeakMap<Exchange, Wanted>();
  const links = new WeakMap<Exchange, string>();

  function read(exchange: Exchange, query: Query): Wanted {
    const limit = numberOf(query, inputs.limit) ?? policy.limit;
    if (signer !== undefined) {
      const binding = bindingOf(context.operationId, query, [
        inputs.cursor,
        inputs.limit,
      ]);
      const cursor = openCursor(query, signer, binding);
      exchange.give("page", { cursor, limit });
      return { limit, offset: 0, binding };
    }
    if (policy.style === "page") {
      const number = numberOf(query, inputs.page) ?? 1;
      const offset = (number - 1) * limit;
      exchange.give("page", { number, limit, offset });
      return { limit, offset, binding: "" };
    }
    const offset = numberOf(query, inputs.offset) ?? 0;
    exchange.give("page", { offset, limit });
    return { limit, offset, binding: "" };
  }

  function openCursor(
    query: Query,
    { open }: CursorSigner,
    binding: string,
  ): unknown {
    const text = query[parameter];
    if (text === undefined || text === "") return undefined;
    const opened =
      typeof text === "string" ? open(text, binding, context.now()) : undefined;
    if (opened === undefined) throw cursorProblem(parameter);
    return opened.value;
  }

  function describe(
    { ctx }: Exchange,
    { limit, offset, binding }: Wanted,
    count: number,
    given: { total: unknown; next: unknown },
  ): PageFacts {
    const { originalUrl } = ctx;
    const total = totalOf(given.total);
    const page = { limit, offset, count, total, originalUrl };
    if (signer === undefined) {
      const next = typeof given.next === "boolean" ? given.next : undefined;
      return numberedFacts(page, policy, next);
    }
    const next = given.next ?? undefined;
    return cursorFacts(
      page,
      parameter,
      next === undefined
        ? undefined
        : signer.seal(next, binding, context.now()),
    );
  }

  return {
    enter(exchange) {
      const query = exchange.request?.query;
      wanted.set(exchange, read(exchange, isRecord(query) ? query : {}));
      return undefined;
    },
    shape(exchange, response) {
      const page = wanted.get(exchange);
      if (response.status !== policy.status || page === undefined) {
        return response;
      }
      const { body: items, total, next, ...rest } = response;
      if (!Array.isArray(items)) {
        throw new TypeError("a paged answer is made of the list of its items");
      }
      const facts = describe(exchange, page, items.length, { total, next });
      const link = linkHeader({
        first: facts.firstUrl,
        prev: facts.previousUrl,
        next: facts.nextUrl,
        last: facts.lastUrl,
      });
      if (policy.link && link !== undefined) links.set(exchange, link);
      return { ...rest, body: pageBody(policy, items, facts) };
    },
    seal(exchange, wire) {
      const Link = links.get(exchange);
      if (Link === undefined || hasLink(wire.headers)) return wire;
      return { ...wire, headers: { ...wire.headers, Link } };
    },
  };
}

function makeSigner({ options, logger }: PolicyContext): CursorSigner {
  const { cursors = {} } = options;
  if (cursors.keys === undefined) {
    logger.warn(
      "cursors are signed with a key of this process alone: set `cursors.keys` so that they survive a restart and hold for other processes",
    );
  }
  return cursorSigner(cursors, randomBytes(32));
}

/** The reader has checked and decoded it. */
function numberOf(query: Query, name: string | undefined): number | undefined {
  const value = name === undefined ? undefined : query[name];
  return typeof value === "number" && value >= 0 ? value : undefined;
}

function totalOf(total: unknown): number | undefined {
  if (total === undefined || total === null) return undefined;
  if (typeof total === "number" && Number.isInteger(total) && total >= 0) {
    return total;
  }
  throw new TypeError("the total of a paged answer is a whole number");
}

/** The handler's own word counts. */
function hasLink(headers: object | undefined): boolean {
  return (
    headers !== undefined &&
    Object.entries(headers).some(
      ([name, value]) => name.toLowerCase() === "link" && value !== undefined,
    )
  );
}

function isRecord(value: unknown): value is Query {
  return typeof value === "object" && value !== null;
}
