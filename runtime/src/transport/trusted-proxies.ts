/** Room `transport`: the addresses whose word about their clients is taken. */
import { BlockList, isIP } from "node:net";

/** Which fields the own proxies write. The other family passes them unread, so it may be anybody's. */
export type ProxyFields = "x-forwarded" | "forwarded";

export interface TrustedProxies {
  readonly fields: ProxyFields;
  has(address: string): boolean;
}

/** A list of addresses and networks (`10.0.0.0/8`, `::1`), of proxies that write `X-Forwarded-For` and `X-Forwarded-Proto`, or with the name of the fields. */
export type TrustProxy =
  | readonly string[]
  | { readonly addresses: readonly string[]; readonly fields: ProxyFields };

/** Throws for what is neither an address nor a network (RFC 4632, RFC 4291 2.3). */
export function parseTrustedProxies(trust: TrustProxy): TrustedProxies {
  const { addresses, fields } =
    "addresses" in trust
      ? trust
      : { addresses: trust, fields: "x-forwarded" as const };
  const list = new BlockList();
  for (const entry of addresses) add(list, entry);
  return {
    fields,
    has(address) {
      const version = isIP(address);
      return version !== 0 && list.check(address, family(version));
    },
  };
}

function add(list: BlockList, entry: string): void {
  const [, address = "", prefix] =
    /^([^/]*)(?:\/(\d{1,3}))?$/.exec(entry) ?? [];
  const version = isIP(address);
  const bits = prefix === undefined ? undefined : Number(prefix);
  if (
    version === 0 ||
    (bits !== undefined && bits > (version === 4 ? 32 : 128))
  ) {
    throw new Error(`trustProxy: ${JSON.stringify(entry)} is no network`);
  }
  if (bits === undefined) list.addAddress(address, family(version));
  else list.addSubnet(address, bits, family(version));
}

function family(version: number): "ipv4" | "ipv6" {
  return version === 4 ? "ipv4" : "ipv6";
}
