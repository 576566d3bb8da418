/** RFC 8252 apps that can't be come back to: the code is shown, to be typed in. */
export const OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob";

const MOST = { addresses: 10, length: 500 };
const LOOPBACK = new Set(["127.0.0.1", "[::1]", "localhost"]);
/** What a browser would run or show by itself, or hand to something that is no app of the person's. */
const NO_APP = new Set(
  [
    "about",
    "blob",
    "content",
    "data",
    "file",
    "filesystem",
    "ftp",
    "intent",
    "javascript",
    "mailto",
    "sms",
    "tel",
    "urn",
    "vbscript",
    "view-source",
    "ws",
    "wss",
  ].map((scheme) => `${scheme}:`),
);

/** Addresses that an app wants its members sent back to; null: one of them is none. ownDomain: nobody else speaks for it. */
export function readRedirects(given: readonly string[], ownDomain: string): readonly string[] | null {
  const addresses = [...new Set(given.flatMap((line) => line.split(/[\r\n ]+/)).filter((one) => one !== ""))];
  if (addresses.length === 0 || addresses.length > MOST.addresses) return null;
  return addresses.every((address) => isGood(address, ownDomain)) ? addresses : null;
}

function isGood(address: string, ownDomain: string): boolean {
  if (address === OUT_OF_BAND) return true;
  const url = address.length <= MOST.length && /^[\x21-\x7e]+$/.test(address) ? URL.parse(address) : null;
  if (url === null || address.includes("#") || url.username !== "" || url.password !== "") return false;
  if (url.protocol === "http:") return LOOPBACK.has(url.hostname); // RFC 8252 §7.3
  if (url.protocol === "https:") return url.hostname !== ownDomain && !url.hostname.endsWith(`.${ownDomain}`);
  return !NO_APP.has(url.protocol) && !url.protocol.startsWith("chrome") && !url.protocol.startsWith("moz"); // RFC 8252 §7.1
}

/** The address with the answer in it. */
export function withAnswer(redirectUri: string, answer: Readonly<Record<string, string | undefined>>): string {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(answer)) if (value !== undefined) url.searchParams.set(name, value);
  return url.href;
}
