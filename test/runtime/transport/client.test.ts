/** Who is at the other end: the socket's word, or that of proxies that are trusted. */
import {
  clientAddress,
  createApp,
  isSecure,
  type TrustProxy,
} from "@kontract/runtime";
import { afterEach, describe, expect, it } from "vitest";
import { type Running, serve } from "../fixture/serve.js";

let running: Running | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

/** What a request with these fields is taken for. The test itself is the proxy, at 127.0.0.1. */
async function seenAs(
  headers: Record<string, string>,
  trustProxy?: TrustProxy,
): Promise<[string, boolean]> {
  const app = createApp(trustProxy === undefined ? {} : { trustProxy });
  app.use((ctx) => {
    ctx.body = [clientAddress(ctx), isSecure(ctx)];
  });
  running = await serve(app);
  const response = await fetch(running.url, { headers });
  const found = (await response.json()) as [string, boolean];
  await running.close();
  running = undefined;
  return found;
}

const OWN = ["127.0.0.0/8", "10.0.0.0/8", "2001:db8:1::/48"];
const FORWARDED = { addresses: OWN, fields: "forwarded" } as const;

describe("without trusted proxies", () => {
  it("nothing that a request says counts", async () => {
    const spoofed = {
      "X-Forwarded-For": "1.2.3.4",
      "X-Forwarded-Proto": "https",
      Forwarded: "for=1.2.3.4;proto=https",
      "X-Real-IP": "1.2.3.4",
    };
    expect(await seenAs(spoofed)).toEqual(["127.0.0.1", false]);
    expect(await seenAs(spoofed, ["10.0.0.0/8"])).toEqual(["127.0.0.1", false]);
  });
});

describe("X-Forwarded-For of trusted proxies", () => {
  it.each<[string, string | undefined, string, boolean]>([
    ["1.2.3.4", "https", "1.2.3.4", true],
    ["1.2.3.4", "http", "1.2.3.4", false],
    ["1.2.3.4", undefined, "1.2.3.4", false],
    // What the client put in front is no proxy's word.
    ["6.6.6.6, 1.2.3.4", "https", "1.2.3.4", true],
    ["127.0.0.1, 1.2.3.4", "https", "1.2.3.4", true],
    // Our own proxies in a row.
    ["1.2.3.4, 10.0.0.7, 10.0.0.8", "https, http, http", "1.2.3.4", true],
    ["1.2.3.4, 10.0.0.7", "https", "1.2.3.4", true],
    ["6.6.6.6, 1.2.3.4", "https, http", "1.2.3.4", false],
    // Ports, brackets, mapped addresses.
    ["1.2.3.4:5678", undefined, "1.2.3.4", false],
    ["[2001:db8::1]:443", undefined, "2001:db8::1", false],
    ["2001:db8::1", undefined, "2001:db8::1", false],
    ["::ffff:1.2.3.4", undefined, "1.2.3.4", false],
    ["1.2.3.4, 2001:db8:1::5", undefined, "1.2.3.4", false],
    // Behind what cannot be read nobody is known.
    ["1.2.3.4, nonsense", undefined, "127.0.0.1", false],
    ["1.2.3.4, nonsense, 10.0.0.7", undefined, "10.0.0.7", false],
    [`${"1.1.1.1,".repeat(600)}1.2.3.4`, undefined, "127.0.0.1", false],
  ])("%s, %s is %s, %s", async (chain, proto, address, secure) => {
    const headers = {
      "X-Forwarded-For": chain,
      ...(proto !== undefined && { "X-Forwarded-Proto": proto }),
      Forwarded: "for=9.9.9.9;proto=https",
    };
    expect(await seenAs(headers, OWN)).toEqual([address, secure]);
  });
});

describe("Forwarded (RFC 7239) of trusted proxies", () => {
  it.each<[string, string, boolean]>([
    ["for=1.2.3.4;proto=https", "1.2.3.4", true],
    ['For="[2001:db8::1]:4711";Proto=HTTPS;by=10.0.0.1', "2001:db8::1", true],
    ["for=6.6.6.6;proto=http, for=1.2.3.4;proto=https", "1.2.3.4", true],
    ["for=1.2.3.4;proto=https, for=10.0.0.7;proto=http", "1.2.3.4", true],
    ["for=_hidden;proto=https", "127.0.0.1", true],
    ["for=unknown, for=10.0.0.7", "10.0.0.7", false],
    ['for="1.2.3.4', "127.0.0.1", false],
    ["for=1.2.3.4;;proto=https", "127.0.0.1", false],
    ['for="1.2\\.3.4:80"', "1.2.3.4", false],
  ])("%s is %s, %s", async (field, address, secure) => {
    const headers = { Forwarded: field, "X-Forwarded-For": "9.9.9.9" };
    expect(await seenAs(headers, FORWARDED)).toEqual([address, secure]);
  });

  it("takes no time that grows faster than the field", async () => {
    const field = `for="${"\\a".repeat(1_900)}`;
    expect(await seenAs({ Forwarded: field }, FORWARDED)).toEqual([
      "127.0.0.1",
      false,
    ]);
  });
});

describe("networks", () => {
  it.each([["10.0.0.0/33"], ["example.com"], ["1.2.3"], ["::1/129"], [""]])(
    "%j is none",
    (network) => {
      expect(() => createApp({ trustProxy: [network] })).toThrow("no network");
    },
  );
});
