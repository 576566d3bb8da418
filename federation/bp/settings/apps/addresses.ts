import { isIPv6 } from "node:net";

const MAX_ADDRESSES = 10;
const MAX_LENGTH = 500;
const LOOPBACK = new Set(["127.0.0.1", "[::1]", "localhost"]);

export type Addresses = { kind: "good"; addresses: string[] } | { kind: "bad"; message: string };

/** The addresses that were typed, one a line. ownDomain: the site's, which no third party can speak for. */
export function readAddresses(text: string, ownDomain: string): Addresses {
  const addresses = [...new Set(text.split(/\r\n|\r|\n/).map((line) => line.trim()))].filter((line) => line !== "");
  if (addresses.length > MAX_ADDRESSES) return { kind: "bad", message: `At most ${MAX_ADDRESSES} addresses, please.` };
  for (const address of addresses) {
    const fault = faultOf(address, ownDomain);
    if (fault !== null) return { kind: "bad", message: `${address.slice(0, 100)}: ${fault}` };
  }
  return { kind: "good", addresses };
}

/** RFC 9700 §2.1, RFC 8252 §7: complete, compared letter for letter, by https except on one's own machine. */
function faultOf(address: string, ownDomain: string): string | null {
  if (address.length > MAX_LENGTH) return `longer than ${MAX_LENGTH} characters.`;
  const url = /^[\x21-\x7e]+$/.test(address) ? URL.parse(address) : null;
  if (url === null) return "not a complete address, such as https://app.example/signed-in.";
  const isLocal = url.protocol === "http:" && LOOPBACK.has(url.hostname);
  if (url.protocol !== "https:" && !isLocal) return "https is needed; http is for your own machine only (127.0.0.1, [::1] or localhost).";
  if (url.username !== "" || url.password !== "") return "a name or password in an address is of no use here.";
  if (address.includes("#")) return "what stands behind # never reaches a server; leave it out.";
  if (!isHostName(url.hostname)) return "the host is not one that a browser can go to; there are no placeholders.";
  if (url.hostname === ownDomain || url.hostname.endsWith(`.${ownDomain}`)) return "this is an address of ours.";
  if (url.href !== address) return `addresses are compared letter for letter; write it as ${url.href}`;
  return null;
}

function isHostName(host: string): boolean {
  if (host.startsWith("[")) return isIPv6(host.slice(1, -1));
  return /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/.test(host);
}
