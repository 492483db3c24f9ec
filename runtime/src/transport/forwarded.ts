/** Room `transport`: `Forwarded` (RFC 7239) and `X-Forwarded-For`, from the nearest hop outwards. */
import { isIP } from "node:net";

/** What one proxy says of whom it was called by. */
export interface Hop {
  /** `undefined`: hidden (`unknown`, `_name`) or broken. */
  readonly address: string | undefined;
  /** `undefined`: not said. */
  readonly secure: boolean | undefined;
}

/** Longer fields are no proxy's work. */
const LENGTH = 4_096;

/** RFC 7239 4: one element a hop. A field that cannot be read says nothing. */
export function forwardedHops(field: string): Hop[] {
  if (field === "" || field.length > LENGTH) return [];
  const hops: Hop[] = [];
  let from: string | undefined;
  let proto: string | undefined;
  let at = 0;
  const pair =
    /[ \t]*([!#$%&'*+.^_`|~0-9A-Za-z-]+)=(?:([!#$%&'*+.^_`|~0-9A-Za-z-]+)|"((?:[^"\\]|\\.)*)")[ \t]*([;,]|$)/y;
  while (at < field.length) {
    pair.lastIndex = at;
    const match = pair.exec(field);
    if (match === null) return [];
    const [whole, name = "", token, quoted = "", end] = match;
    const value = token ?? quoted.replaceAll(/\\(.)/g, "$1");
    if (name.toLowerCase() === "for") from = value;
    if (name.toLowerCase() === "proto") proto = value;
    at += whole.length;
    if (end === ";") continue;
    hops.unshift({ address: addressOf(from ?? ""), secure: secureOf(proto) });
    from = undefined;
    proto = undefined;
  }
  return hops;
}

/** Each proxy adds an address at the end. Protocols count hop by hop if there are as many, else the last one is the nearest proxy's. */
export function xForwardedHops(addresses: string, protocols: string): Hop[] {
  if (addresses.length > LENGTH || protocols.length > LENGTH) return [];
  const protos = listOf(protocols).toReversed();
  const froms = listOf(addresses).toReversed();
  if (froms.length === 0) {
    return protos.length === 0
      ? []
      : [{ address: undefined, secure: secureOf(protos[0]) }];
  }
  return froms.map((from, index) => ({
    address: addressOf(from),
    secure: secureOf(
      protos.length === froms.length || index === 0 ? protos[index] : undefined,
    ),
  }));
}

function listOf(field: string): string[] {
  return field === "" ? [] : field.split(",").map((each) => each.trim());
}

function secureOf(proto: string | undefined): boolean | undefined {
  switch (proto?.toLowerCase()) {
    case "https":
    case "wss":
      return true;
    case "http":
    case "ws":
      return false;
    default:
      return undefined;
  }
}

/** RFC 7239 6: an IPv4 address or an IPv6 one in brackets, with a port or without; some proxies leave the brackets out. */
function addressOf(node: string): string | undefined {
  const [, bracketed, dotted] =
    /^(?:\[([0-9A-Fa-f:.]+)\]|([0-9.]+))(?::[0-9A-Za-z._-]+)?$/.exec(node) ??
    [];
  const address = bracketed ?? dotted ?? node;
  const mapped = /^::ffff:([0-9.]+)$/i.exec(address)?.[1] ?? address;
  return isIP(mapped) === 0 ? undefined : mapped;
}
