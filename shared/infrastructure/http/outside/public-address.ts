import { BlockList, isIP } from "node:net";

/** Ranges that are nobody's on the open internet: IANA's special-purpose registries (RFC 6890 and what was added since). */
const RESERVED_V4: [string, number][] = [
  ["0.0.0.0", 8], // this network
  ["10.0.0.0", 8],
  ["100.64.0.0", 10], // carriers' NAT
  ["127.0.0.0", 8],
  ["169.254.0.0", 16], // link-local: clouds keep their metadata there
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24], // documentation, as the next two
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["192.31.196.0", 24],
  ["192.52.193.0", 24],
  ["192.88.99.0", 24], // 6to4 relays
  ["192.168.0.0", 16],
  ["192.175.48.0", 24],
  ["198.18.0.0", 15], // benchmarks
  ["224.0.0.0", 4], // multicast
  ["240.0.0.0", 4], // reserved, and broadcast
];

// of IPv6 what is public is what was handed out: 2000::/3, without the parts of it that are not
const GLOBAL_V6: [string, number] = ["2000::", 3];
const RESERVED_V6: [string, number][] = [
  ["2001::", 23], // Teredo, ORCHID, benchmarks
  ["2001:db8::", 32], // documentation
  ["2002::", 16], // 6to4: leads to any IPv4 address
  ["3fff::", 20],
];

const reserved = new BlockList();
for (const [net, bits] of RESERVED_V4) reserved.addSubnet(net, bits, "ipv4");
for (const [net, bits] of RESERVED_V6) reserved.addSubnet(net, bits, "ipv6");
const handedOut = new BlockList();
handedOut.addSubnet(...GLOBAL_V6, "ipv6");

/** Whether an IP address is one of the open internet: no loopback, private, link-local, reserved or translated one. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !reserved.check(address, "ipv4");
  if (family === 6) return handedOut.check(address, "ipv6") && !reserved.check(address, "ipv6");
  return false;
}
