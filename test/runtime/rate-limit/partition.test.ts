/** Whose budget an address takes from. */
import { describe, expect, it } from "vitest";
import { networkOf } from "../../../runtime/src/rate-limit/partition.js";

describe("an address", () => {
  it.each([
    ["192.0.2.1", "192.0.2.1"],
    ["::ffff:192.0.2.1", "192.0.2.1"],
    ["::FFFF:c000:0201", "192.0.2.1"],
    ["0:0:0:0:0:ffff:192.0.2.1", "192.0.2.1"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:DB8:1:2::", "2001:db8:1:2::/64"],
    ["2001:0db8:0001:0002:ffff::1", "2001:db8:1:2::/64"],
    ["2001:db8::1", "2001:db8:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
    // What is none is a name of its own.
    ["1:2:3", "1:2:3"],
    ["::1::2", "::1::2"],
    ["12345::", "12345::"],
    ["::256.1.1.1", "::256.1.1.1"],
    ["", ""],
  ])("%s counts as %s", (address, network) => {
    expect(networkOf(address)).toBe(network);
  });

  it("does not escape by turning through its /64", () => {
    const networks = new Set(
      Array.from({ length: 1000 }, (_, at) =>
        networkOf(`2001:db8:7:9:${at.toString(16)}::${at.toString(16)}`),
      ),
    );
    expect(networks.size).toBe(1);
  });
});
