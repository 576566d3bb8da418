import { isIPv6 } from "node:net";

const GROUPS = 8;
const OF_THE_NETWORK = 4;

/**
 * Whom an address stands for when tries are counted: one line to the internet has a whole /64 of IPv6 (RFC 6177), and
 * could try from another address each time. IPv4 within IPv6 is IPv4.
 */
export function networkOf(ip: string): string {
  const [address = ""] = ip.split("%"); // without the zone of a link-local one
  if (!isIPv6(address)) return ip;
  const [mapped] = /(?<=^::ffff:)[\d.]+$/i.exec(address) ?? [];
  if (mapped !== undefined) return mapped;
  const shortest = new URL(`http://[${address}]`).hostname.slice(1, -1); // in one way of the many to write it
  const [left = [], right = []] = shortest.split("::").map((part) => part.split(":").filter((group) => group !== ""));
  const zeros = Array<string>(GROUPS - left.length - right.length).fill("0");
  return `${[...left, ...zeros, ...right].slice(0, OF_THE_NETWORK).join(":")}::/64`;
}
