/** Room `commands`: the policies of an operation in one line each, in the order in which a request meets them. */
import type { Policies } from "../model/policies/policies.js";
import type { RateLimit } from "../model/policies/rate-limit.js";
import type { TextTemplate } from "../model/policies/text-template.js";

export interface PolicyLine {
  name: string;
  text: string;
}

/** Outermost first: the order of the runtime's `server/policy-rooms.ts`. */
export function describePolicies(policies: Policies): PolicyLine[] {
  const lines: PolicyLine[] = [];
  const add = (name: string, text: string | false | undefined) => {
    if (text !== undefined && text !== false) lines.push({ name, text });
  };
  const { audit, deprecation, rateLimit = [], idempotency } = policies;
  const { cacheHeaders, conditional, caching, invalidation } = policies;
  const { timeout, links, envelope, pagination } = policies;
  const { filter, sort, fields, include } = policies;
  add("audit", audit && `an event ${audit.event ?? "of the operation's name"}`);
  add(
    "deprecation",
    deprecation &&
      sentence([
        deprecation.since !== undefined
          ? `deprecated since ${dayOf(deprecation.since)}`
          : "deprecated",
        deprecation.sunset !== undefined &&
          `gone on ${dayOf(deprecation.sunset)}`,
        ...(deprecation.links ?? []).map(({ rel, href }) => `${rel} ${href}`),
      ]),
  );
  for (const limit of rateLimit) add("rate limit", describeLimit(limit));
  add(
    "idempotency",
    idempotency &&
      sentence([
        `${idempotency.header} ${idempotency.required ? "required" : "optional"}`,
        `answers ${idempotency.replay.join(", ")} kept for ${spanOf(idempotency.ttl)}`,
        idempotency.scope === "global" && "one key for all clients",
      ]),
  );
  add(
    "cache headers",
    cacheHeaders &&
      sentence([
        cacheHeaders.value !== undefined &&
          `Cache-Control: ${cacheHeaders.value}`,
        cacheHeaders.vary && `Vary: ${cacheHeaders.vary.join(", ")}`,
      ]),
  );
  add(
    "conditional",
    conditional &&
      sentence([
        conditional.etag !== undefined &&
          (typeof conditional.etag === "string"
            ? `a ${conditional.etag} entity tag over the body`
            : `an entity tag from ${conditional.etag.from.join(".")}`),
        conditional.lastModified &&
          `Last-Modified from ${conditional.lastModified.from.join(".")}`,
        conditional.writes && "If-Match and If-Unmodified-Since hold (412)",
        conditional.required && "one of them is required (428)",
        !conditional.writes && "If-None-Match is answered with 304",
      ]),
  );
  add(
    "cache",
    caching &&
      sentence([
        `answers kept for ${spanOf(caching.ttl / 1000)}`,
        caching.stale !== undefined &&
          `served stale for ${spanOf(caching.stale / 1000)} more`,
        caching.scope === "principal" ? "one for each principal" : "for all",
        caching.vary.length > 0 &&
          `by ${caching.vary.map(templateText).join(", ")}`,
        caching.tags.length > 0 &&
          `tags ${caching.tags.map(templateText).join(", ")}`,
      ]),
  );
  add(
    "invalidation",
    invalidation &&
      `makes void what has the tags ${invalidation.tags.map(templateText).join(", ")}`,
  );
  add(
    "timeout",
    timeout && `${timeout.status} after ${spanOf(timeout.after / 1000)}`,
  );
  add(
    "links",
    links &&
      sentence([
        [
          ...new Set(
            links.answers.flatMap((each) => each.links.map(({ rel }) => rel)),
          ),
        ].join(", "),
        links.header && "as Link header fields",
      ]),
  );
  for (const { status, data } of envelope?.answers ?? []) {
    add(
      "envelope",
      data !== undefined && `of ${status}: the answer becomes \`${data}\``,
    );
  }
  add(
    "pagination",
    pagination &&
      sentence([
        `by ${pagination.style}`,
        `query ${Object.values(pagination.inputs).join(", ")}`,
        `${pagination.limit} items unless asked for another number`,
        pagination.items.length > 0 &&
          `items in \`${pagination.items.join(".")}\``,
        pagination.link && "a Link header field",
      ]),
  );
  add(
    "filter",
    filter &&
      sentence([
        filter.fields
          .map(({ name, operators }) => `${name} (${operators.join(" ")})`)
          .join(", "),
        `at most ${filter.max}`,
      ]),
  );
  add(
    "sort",
    sort &&
      sentence([
        `${sort.parameter}: ${sort.allowed.join(", ")}`,
        sort.default.length > 0 && `else ${sort.default.join(", ")}`,
      ]),
  );
  add("fields", fields && `${fields.parameter}: ${fields.allowed.join(", ")}`);
  add(
    "include",
    include && `${include.parameter}: ${include.allowed.join(", ")}`,
  );
  return lines;
}

function describeLimit(limit: RateLimit): string {
  const { quota, window, key, algorithm } = limit;
  const by = typeof key === "string" ? key : `${key.in} ${key.name}`;
  return sentence([
    algorithm === "concurrency"
      ? `${quota} at once by ${by}`
      : `${quota} in ${spanOf(window)} by ${by}`,
    algorithm !== undefined && algorithm !== "concurrency" && algorithm,
    limit.cost !== undefined && `costs ${limit.cost}`,
    limit.onFailure !== undefined && `fails ${limit.onFailure}`,
    limit.dryRun && "counted only",
  ]);
}

function sentence(parts: readonly (string | false | undefined)[]): string {
  return parts
    .filter((part) => part !== undefined && part !== false)
    .join(", ");
}

function templateText(template: TextTemplate): string {
  return template
    .map((part) =>
      typeof part === "string" ? part : `{${part.in}.${part.at.join(".")}}`,
    )
    .join("");
}

function dayOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}

/** Seconds in the largest unit that divides them. */
function spanOf(seconds: number): string {
  const units = [
    [86_400, "d"],
    [3_600, "h"],
    [60, "min"],
    [1, "s"],
  ] as const;
  for (const [size, unit] of units) {
    if (seconds >= size && seconds % size === 0)
      return `${seconds / size} ${unit}`;
  }
  return `${seconds * 1000} ms`;
}
