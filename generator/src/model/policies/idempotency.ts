/** Room `model`: operations that may be repeated by key: a declared `Idempotency-Key`, `x-idempotency` and its kin. */
import type { Json } from "../../load/document.js";
import type { Operation } from "../api.js";
import { below } from "../below.js";
import { isObject, member, textMember } from "../member.js";
import { durationOf } from "./duration.js";
import type { Extension, PolicyPlace } from "./policy-place.js";

export interface Idempotency {
  /** Lower case. */
  header: string;
  required?: true;
  /** Seconds that an answer is kept. */
  ttl: number;
  scope?: "global";
  /** Statuses and classes (`2XX`) whose answers are kept. */
  replay: (number | string)[];
}

const DAY = 86_400;
const HEADERS = ["idempotency-key", "x-idempotency-key"];
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const MEMBERS = ["header", "required", "ttl", "scope", "replay"];

export function buildIdempotency(
  place: PolicyPlace,
  operation: Operation,
): Idempotency | undefined {
  const { method, params } = operation;
  const safe = /^(GET|HEAD|OPTIONS|TRACE|QUERY)$/.test(method);
  const declared = params.find(
    (param) =>
      param.in === "header" && HEADERS.includes(param.name.toLowerCase()),
  );
  const extension = place.nearest("x-idempotency", "x-fern-idempotent");
  if (extension?.value === false) return undefined;
  const plain =
    declared === undefined || safe
      ? undefined
      : planOf({ header: declared.name.toLowerCase() });
  if (extension === undefined) return plain;
  const own = extension.level === "operation";
  // What a whole document says is about what needs it: PUT and DELETE may be repeated as they are.
  if (!own && declared === undefined && !/^(POST|PATCH)$/.test(method)) {
    return undefined;
  }
  if (safe) {
    if (own)
      refuse(
        place,
        extension,
        `${method} is safe: it may be repeated as it is`,
      );
    return undefined;
  }
  const found = read(place, extension);
  if (found === undefined) return plain;
  const header =
    found.header ??
    declared?.name.toLowerCase() ??
    fernHeader(place) ??
    "idempotency-key";
  return planOf({ ...found, header });
}

function planOf(
  found: Partial<Idempotency> & Pick<Idempotency, "header">,
): Idempotency {
  return { ttl: DAY, replay: ["2XX", "4XX"], ...found };
}

function refuse(
  place: PolicyPlace,
  { name, origin }: Pick<Extension, "name" | "origin">,
  what: string,
): undefined {
  place.refuse(
    { name, origin },
    what,
    "write `true`, or `{ header: Idempotency-Key, required: true, ttl: 24h, scope: principal, replay: [2xx, 4xx] }`",
  );
  return undefined;
}

function read(
  place: PolicyPlace,
  extension: Extension,
): Partial<Idempotency> | undefined {
  const { name, value, origin } = extension;
  if (value === true) return {};
  if (!isObject(value)) {
    return refuse(place, extension, "it is neither `true` nor an object");
  }
  const fault = (key: string, what: string) =>
    refuse(place, { name, origin: below(origin, key) }, what);
  const unknown = Object.keys(value).find((key) => !MEMBERS.includes(key));
  if (unknown !== undefined) return fault(unknown, "there is no such member");
  const header = member(value, "header");
  if (
    header !== undefined &&
    (typeof header !== "string" || !TOKEN.test(header))
  ) {
    return fault("header", "no header has such a name");
  }
  const required = member(value, "required") ?? false;
  if (typeof required !== "boolean") {
    return fault("required", "`required` is neither `true` nor `false`");
  }
  const ttl = durationOf(member(value, "ttl") ?? DAY);
  if (
    ttl === undefined ||
    !Number.isInteger(ttl) ||
    ttl < 1 ||
    ttl > 366 * DAY
  ) {
    return fault("ttl", "`ttl` is no length of whole seconds up to a year");
  }
  const scope = member(value, "scope") ?? "principal";
  if (scope !== "principal" && scope !== "global") {
    return fault("scope", "`scope` is neither `principal` nor `global`");
  }
  const replay = statusesOf(member(value, "replay") ?? ["2XX", "4XX"]);
  if (replay === undefined) {
    return fault(
      "replay",
      "`replay` is no list of statuses or classes of them",
    );
  }
  return {
    ...(header === undefined ? {} : { header: header.toLowerCase() }),
    ...(required ? { required } : {}),
    ttl,
    ...(scope === "global" ? { scope } : {}),
    replay,
  };
}

/** `[2xx, 409]`. */
function statusesOf(value: Json): (number | string)[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const statuses: (number | string)[] = [];
  for (const each of value) {
    if (typeof each === "string" && /^[2-5]xx$/i.test(each)) {
      statuses.push(each.toUpperCase());
    } else if (/^[2-5]\d\d$/.test(String(each))) statuses.push(Number(each));
    else return undefined;
  }
  return statuses;
}

/** `x-fern-idempotency-headers: [{ header: IDEMPOTENCY-KEY }]` at the root. */
function fernHeader(place: PolicyPlace): string | undefined {
  const headers = place.nearest("x-fern-idempotency-headers")?.value;
  const [first] = Array.isArray(headers) ? headers : [];
  const name = isObject(first) ? textMember(first, "header") : first;
  return typeof name === "string" && TOKEN.test(name)
    ? name.toLowerCase()
    : undefined;
}
