/** Room `rate-limit`: whose budget a request takes from. */
import { createHash } from "node:crypto";
import type { RateLimitKey } from "../contract/policies.js";
import { identityOf } from "../contract/identity.js";
import type { Exchange } from "../contract/policy.js";
import { clientAddress } from "../transport/client.js";

/** Gives the partition's name. Names of different kinds never meet. */
export type PartitionOf = (exchange: Exchange) => string;

type Identify = (principal: unknown) => string | undefined;

/** What a key is known by before anybody has authenticated. */
export function isEarly(key: RateLimitKey): boolean {
  return key === "ip" || key === "global" || key === "route";
}

/** A request without what `key` asks for counts by its address. */
export function partitionBy(
  key: RateLimitKey,
  operationId: string,
  identify: Identify = identityOf,
): PartitionOf {
  switch (key) {
    case "global":
      return () => "all";
    case "route":
      return () => `route:${operationId}`;
    case "ip":
      return ({ ctx }) => `ip:${networkOf(clientAddress(ctx))}`;
    case "principal":
      return ({ ctx, principal }) => {
        const name = principal === undefined ? undefined : identify(principal);
        return name === undefined
          ? `ip:${networkOf(clientAddress(ctx))}`
          : `user:${short(name)}`;
      };
    default:
      return (exchange) => {
        const value = valueOf(key, exchange);
        if (value === undefined || value === "") {
          return `ip:${networkOf(clientAddress(exchange.ctx))}`;
        }
        return `${key.in}:${key.secret === true ? digest(value) : short(value)}`;
      };
  }
}

function valueOf(
  key: Exclude<RateLimitKey, string>,
  { ctx, variables }: Exchange,
): string | undefined {
  switch (key.in) {
    case "header": {
      const value = ctx.req.headers[key.name.toLowerCase()];
      return Array.isArray(value) ? value.join(", ") : value;
    }
    case "query": {
      const value = ctx.query[key.name];
      return Array.isArray(value) ? value.join(",") : value;
    }
    case "cookie":
      return ctx.cookies.get(key.name);
    case "path":
      return variables[key.name];
  }
}

const SHORT = 80;

/** Stores are not filled with long names. */
function short(name: string): string {
  return name.length > SHORT ? digest(name) : name;
}

function digest(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64url")}`;
}

/** IPv4 as it is, also where it comes inside of IPv6; IPv6 by its first 64 bits, which is what one customer is given. */
export function networkOf(address: string): string {
  if (!address.includes(":")) return address;
  const [plain = ""] = address.split("%");
  const groups = groupsOf(plain.toLowerCase());
  if (groups === undefined) return address;
  const [a, b, c, d, e, f, g = 0, h = 0] = groups;
  if (!a && !b && !c && !d && !e && f === 0xffff) {
    return `${g >> 8}.${g & 255}.${h >> 8}.${h & 255}`;
  }
  const network = groups.slice(0, 4).map((group) => group.toString(16));
  return `${network.join(":")}::/64`;
}

/** The eight groups of an IPv6 address (RFC 4291 2.2). */
function groupsOf(address: string): number[] | undefined {
  const [head = "", tail, ...more] = address.split("::");
  if (more.length > 0) return undefined;
  const left = numbersOf(head);
  const right = tail === undefined ? [] : numbersOf(tail);
  const missing = 8 - left.length - right.length;
  if (missing < 0 || (tail === undefined && missing !== 0)) return undefined;
  const groups = [...left, ...new Array<number>(missing).fill(0), ...right];
  return groups.every((group) => group >= 0 && group <= 0xffff)
    ? groups
    : undefined;
}

/** `-1` stands for what is no group. */
function numbersOf(part: string): number[] {
  if (part === "") return [];
  return part.split(":").flatMap((group) => {
    if (group.includes(".")) {
      const bytes = group.split(".").map(Number);
      const [a = -1, b = -1, c = -1, d = -1] = bytes;
      const fine = bytes.length === 4 && bytes.every((n) => n >= 0 && n < 256);
      return fine ? [a * 256 + b, c * 256 + d] : [-1];
    }
    return [/^[0-9a-f]{1,4}$/.test(group) ? Number.parseInt(group, 16) : -1];
  });
}
