/** Room `transport`: who is at the other end, and whether the way is encrypted: the socket's word, or that of trusted proxies. */
import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import { type Hop, forwardedHops, xForwardedHops } from "./forwarded.js";
import {
  parseTrustedProxies,
  type TrustedProxies,
  type TrustProxy,
} from "./trusted-proxies.js";

/** As much of a Koa context as is looked at. */
interface Context {
  readonly app: object;
  readonly req: IncomingMessage;
}

interface Client {
  readonly address: string;
  readonly secure: boolean;
}

const trusted = new WeakMap<object, TrustedProxies>();
const clients = new WeakMap<IncomingMessage, Client>();

/** Makes an application believe the proxies of these networks. `createApp({ trustProxy })` does the same. Throws for bad networks. */
export function trustProxies(app: object, trust: TrustProxy): void {
  trusted.set(app, parseTrustedProxies(trust));
}

/**
 * The address of the client, without port, IPv4 in IPv6 as IPv4; `""` when the socket has gone. Only what trusted proxies
 * add is believed: the nearest address that is none of theirs (RFC 7239 5.2, 7.5).
 */
export function clientAddress(ctx: Context): string {
  return clientOf(ctx).address;
}

/** Whether the client speaks TLS: to us, or to the trusted proxy that it reached. */
export function isSecure(ctx: Context): boolean {
  if (!trusted.has(ctx.app)) return isEncrypted(ctx.req);
  return clientOf(ctx).secure;
}

function clientOf({ app, req }: Context): Client {
  let client = clients.get(req);
  if (client === undefined) {
    const direct = {
      address: plainAddress(req.socket.remoteAddress ?? ""),
      secure: isEncrypted(req),
    };
    const proxies = trusted.get(app);
    client = proxies === undefined ? direct : walk(direct, req, proxies);
    clients.set(req, client);
  }
  return client;
}

/** From the nearest hop outwards, as long as the one who tells of it is trusted. */
function walk(
  direct: Client,
  { headers }: IncomingMessage,
  proxies: TrustedProxies,
): Client {
  if (!proxies.has(direct.address)) return direct;
  const hops: readonly Hop[] =
    proxies.fields === "forwarded"
      ? forwardedHops(text(headers["forwarded"]))
      : xForwardedHops(
          text(headers["x-forwarded-for"]),
          text(headers["x-forwarded-proto"]),
        );
  let { address, secure } = direct;
  for (const hop of hops) {
    secure = hop.secure ?? secure;
    // Hidden or broken: who is beyond it cannot be told.
    if (hop.address === undefined) break;
    address = hop.address;
    if (!proxies.has(address)) break;
  }
  return { address, secure };
}

function text(field: string | string[] | undefined): string {
  return typeof field === "string" ? field : (field ?? []).join(",");
}

function isEncrypted({ socket }: IncomingMessage): boolean {
  return "encrypted" in socket && socket.encrypted === true;
}

/** `::ffff:192.0.2.1` is `192.0.2.1` (RFC 4291 2.5.5.2). */
export function plainAddress(address: string): string {
  const mapped = address.toLowerCase().startsWith("::ffff:")
    ? address.slice(7)
    : "";
  return isIP(mapped) === 4 ? mapped : address;
}
