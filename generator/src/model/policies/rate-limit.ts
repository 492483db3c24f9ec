/** Room `model`: limits of how often an operation may be asked: `x-rate-limit` and its kin. */
import type { Json, JsonObject } from "../../load/document.js";
import type { Operation, SecurityScheme } from "../api.js";
import { below } from "../below.js";
import { isObject, member } from "../member.js";
import { durationOf } from "./duration.js";
import { readKong, readGoogle, readYandex } from "./foreign-rate-limits.js";
import type { Extension, PolicyPlace } from "./policy-place.js";
import { buildRateLimitKey } from "./rate-limit-key.js";

export interface RateLimit {
  name: string;
  /** Operations that name the same one share it. */
  budget: string;
  quota: number;
  /** Seconds. */
  window: number;
  key: RateLimitKey;
  algorithm?: RateLimitAlgorithm;
  cost?: number;
  onFailure?: "open" | "closed";
  dryRun?: true;
}

export type RateLimitKey =
  | "principal"
  | "ip"
  | "global"
  | "route"
  | {
      in: "header" | "query" | "cookie" | "path";
      name: string;
      secret?: true;
    };

export type RateLimitAlgorithm =
  "sliding-window" | "token-bucket" | "fixed-window" | "concurrency";

/** A limit as it is written, under the names of the canonical form. */
export interface WrittenLimit {
  value: JsonObject;
  origin: Extension["origin"];
}

const ALGORITHMS: ReadonlySet<string> = new Set([
  "sliding-window",
  "token-bucket",
  "fixed-window",
  "concurrency",
]);

/** How others call the members. */
const SYNONYMS: Readonly<Record<string, string>> = {
  limit: "quota",
  max: "quota",
  events: "quota",
  requests: "quota",
  rate: "quota",
  period: "window",
  interval: "window",
  duration: "window",
  per: "window",
  by: "key",
  scope: "key",
};

const MEMBERS: ReadonlySet<string> = new Set([
  "name",
  "quota",
  "window",
  "key",
  "algorithm",
  "cost",
  "onFailure",
  "dryRun",
  "description",
]);

/** What a slot of a `concurrency` limit is held at most, where the document does not say. */
const SLOT_SECONDS = 60;

type Refuse = (what: string, origin?: Extension["origin"]) => undefined;

export function buildRateLimit(
  place: PolicyPlace,
  operation: Operation,
  schemes: readonly SecurityScheme[],
): RateLimit[] | undefined {
  const extension = place.nearest(
    "x-rate-limit",
    "x-ratelimit",
    "x-rateLimit",
    "x-kong-plugin-rate-limiting",
    "x-yc-apigateway-rate-limit",
  );
  const google = extension === undefined ? readGoogle(place) : undefined;
  const source = extension ?? google?.extension;
  if (source === undefined || source.value === false) return undefined;
  const refuse: Refuse = (what, origin = source.origin) => {
    place.refuse(
      { name: source.name, origin },
      what,
      "write `120/min`, or a list of `{ name, quota, window, key, algorithm, cost }`",
    );
    return undefined;
  };
  const written = google?.limits ?? writtenLimits(source, refuse);
  const limits: RateLimit[] = [];
  for (const each of written ?? []) {
    const limit = limitOf(each, source, operation, schemes, refuse);
    // All or nothing: half of what was meant is not what was meant.
    if (limit === undefined) return undefined;
    if (limits.some(({ name }) => name === limit.name)) {
      return refuse(`there are two limits \`${limit.name}\``, each.origin);
    }
    limits.push(limit);
  }
  return limits.length > 0 ? limits : undefined;
}

function writtenLimits(
  { name, value, origin }: Extension,
  refuse: Refuse,
): WrittenLimit[] | undefined {
  if (/kong-plugin/.test(name))
    return (
      readKong(value, origin) ?? refuse("it is no configuration of that plugin")
    );
  if (/apigateway/.test(name))
    return readYandex(value, origin) ?? refuse("it has no `rps` and no `rpm`");
  if (typeof value === "string") {
    const parts = value.split(",").map((part) => shorthand(part));
    if (parts.length === 1 && parts[0] !== undefined) {
      return [{ value: parts[0], origin }];
    }
    const named = parts.flatMap((part, at) =>
      part === undefined
        ? []
        : [{ value: { name: `limit-${at + 1}`, ...part }, origin }],
    );
    return named.length === parts.length
      ? named
      : refuse("it is no rate such as `120/min`");
  }
  const items = Array.isArray(value) ? value : [value];
  const limits: WrittenLimit[] = [];
  for (const [at, item] of items.entries()) {
    const place = Array.isArray(value) ? below(origin, at) : origin;
    const plain = typeof item === "string" ? shorthand(item) : item;
    if (!isObject(plain)) return refuse("it is no limit", place);
    limits.push({ value: canonical(plain, at, items.length), origin: place });
  }
  return limits.length > 0 ? limits : refuse("it is an empty list");
}

/** `120/min`, `10 per second`, `100/15m`. */
function shorthand(text: string): JsonObject | undefined {
  const [, quota, window = ""] =
    /^\s*(\d{1,15})\s*(?:\/|\bper\b)\s*(\S.{0,30}?)\s*$/i.exec(text) ?? [];
  const length = durationOf(/^\d+$/.test(window) ? undefined : window);
  return quota === undefined || length === undefined
    ? undefined
    : { quota: Number(quota), window: length };
}

function canonical(written: JsonObject, at: number, count: number): JsonObject {
  const limit: JsonObject = {};
  for (const [name, value] of Object.entries(written)) {
    const known = Object.hasOwn(SYNONYMS, name) ? SYNONYMS[name] : undefined;
    const key = known === undefined || known in limit ? name : known;
    Object.defineProperty(limit, key, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  if (member(limit, "name") === undefined && count > 1) {
    limit["name"] = `limit-${at + 1}`;
  }
  return limit;
}

function limitOf(
  { value, origin }: WrittenLimit,
  source: Extension,
  operation: Operation,
  schemes: readonly SecurityScheme[],
  refuse: Refuse,
): RateLimit | undefined {
  const at = (name: string) => {
    // Foreign forms have no member of that name.
    return Object.hasOwn(value, name) ? below(origin, name) : origin;
  };
  const unknown = Object.keys(value).find(
    (name) => !MEMBERS.has(name) && !name.startsWith("x-"),
  );
  if (unknown !== undefined) {
    return refuse(`a limit has no member \`${unknown}\``, at(unknown));
  }
  const name = member(value, "name") ?? "default";
  if (typeof name !== "string" || !/^[\x20-\x7e]{1,64}$/.test(name)) {
    return refuse("its name is no short text in ASCII", at("name"));
  }
  const algorithm = member(value, "algorithm");
  if (algorithm !== undefined && !isAlgorithm(algorithm)) {
    return refuse("there is no such algorithm", at("algorithm"));
  }
  const quota = count(member(value, "quota"));
  if (quota === undefined) {
    return refuse(
      "it has no whole number above 0 for its `quota`",
      at("quota"),
    );
  }
  const written = member(value, "window");
  const window =
    algorithm === "concurrency" && written === undefined
      ? SLOT_SECONDS
      : durationOf(written);
  if (window === undefined || !Number.isInteger(window) || window < 1) {
    return refuse("its `window` is no length of whole seconds", at("window"));
  }
  if (quota * window * 1000 > Number.MAX_SAFE_INTEGER) {
    return refuse("it is too large to count exactly", origin);
  }
  const cost = count(member(value, "cost") ?? 1);
  if (cost === undefined || cost > quota) {
    return refuse("its `cost` is no whole number up to the quota", at("cost"));
  }
  const key = buildRateLimitKey(member(value, "key"), operation, schemes);
  if (typeof key === "object" && "fault" in key) {
    return refuse(key.fault, at("key"));
  }
  const onFailure = member(value, "onFailure");
  if (
    onFailure !== undefined &&
    onFailure !== "open" &&
    onFailure !== "closed"
  ) {
    return refuse(
      "`onFailure` is neither `open` nor `closed`",
      at("onFailure"),
    );
  }
  const dryRun = member(value, "dryRun") ?? false;
  if (typeof dryRun !== "boolean") {
    return refuse("`dryRun` is neither `true` nor `false`", at("dryRun"));
  }
  return {
    name,
    budget: `${scopeOf(source, operation)} ${name}`,
    quota,
    window,
    key,
    ...(algorithm === undefined || algorithm === "sliding-window"
      ? {}
      : { algorithm }),
    ...(cost === 1 ? {} : { cost }),
    ...(onFailure === undefined ? {} : { onFailure }),
    ...(dryRun ? { dryRun } : {}),
  };
}

/** A limit is one budget for all operations that it is written for. */
function scopeOf(source: Extension, operation: Operation): string {
  switch (source.level) {
    case "operation":
      return operation.id;
    case "path":
      return operation.path;
    case "tag":
      return `tag ${source.origin.pointer.split("/")[2] ?? ""}`;
    case "root":
      return "*";
  }
}

function isAlgorithm(value: Json): value is RateLimitAlgorithm {
  return typeof value === "string" && ALGORITHMS.has(value);
}

function count(value: Json | undefined): number | undefined {
  const number =
    typeof value === "string" && /^\d{1,15}$/.test(value)
      ? Number(value)
      : value;
  return typeof number === "number" &&
    Number.isSafeInteger(number) &&
    number > 0
    ? number
    : undefined;
}
