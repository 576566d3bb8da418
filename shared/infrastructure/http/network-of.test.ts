import { describe, expect, it } from "vitest";
import { networkOf } from "./network-of.ts";

describe("tries are counted", () => {
  it("for one line together, from whichever of its addresses of IPv6", () => {
    const network = networkOf("2001:db8:0:7::1");
    for (const address of ["2001:db8:0:7:ffff:ffff:ffff:ffff", "2001:DB8::7:1:2:3:4", "2001:0db8:0000:0007::"]) {
      expect(networkOf(address)).toBe(network);
    }
  });

  it("for two lines apart", () => {
    const networks = ["2001:db8:0:7::1", "2001:db8:0:8::1", "2001:db8::1", "::1", "fe80::1%eth0", "203.0.113.7", "203.0.113.8"].map(
      networkOf,
    );
    expect(new Set(networks).size).toBe(networks.length);
  });

  it("for IPv4 by itself, also where a server hears it within IPv6", () => {
    expect(networkOf("203.0.113.7")).toBe("203.0.113.7");
    expect(networkOf("::ffff:203.0.113.7")).toBe("203.0.113.7");
  });
});
