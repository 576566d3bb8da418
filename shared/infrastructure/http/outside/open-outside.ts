import { lookup as systemLookup } from "node:dns/promises";
import { type IncomingMessage, type RequestOptions, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { isPublicAddress } from "./public-address.ts";

/** How names become addresses, and which addresses count as public; tests have their own. */
export interface Outside {
  readonly lookup: (host: string) => Promise<readonly { address: string; family: number }[]>;
  readonly isPublic: (address: string) => boolean;
}

/** not-public: the address is not one of the open internet; slow: the signal came first. */
export interface NotOpened {
  readonly kind: "refused";
  readonly reason: "not-public" | "unreachable" | "slow";
}

type Pinned = { address: string; family: number };

interface Sending {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
  readonly signal: AbortSignal;
}

/** The open internet, by the system's names. */
export const OPEN_INTERNET: Outside = {
  lookup: (host) => systemLookup(host, { all: true, verbatim: true }),
  isPublic: isPublicAddress,
};

/**
 * Sends one GET, or with a body one POST, to an address of the open internet, and never to one of our own network: the name is looked up once, all of its
 * addresses must be public, and the connection goes to the one that was checked, so that a name can't mean another machine a
 * moment later. No redirect is followed. It never throws for what the other side does; whoever gets a message reads or ends it.
 */
export async function openOutside(
  url: URL,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
  outside: Outside,
  body: Buffer | null = null,
): Promise<IncomingMessage | NotOpened> {
  const pinned = await pin(url, outside, signal);
  if (pinned === null) return refuse("not-public");
  return "kind" in pinned ? pinned : send(url, pinned, { headers, body, signal });
}

/** The one address that is connected to. Null: not one of the open internet. */
async function pin(url: URL, { lookup, isPublic }: Outside, signal: AbortSignal): Promise<Pinned | NotOpened | null> {
  if (url.protocol !== "http:" && url.protocol !== "https:") return null;
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const family = isIP(host);
  const addresses = family ? [{ address: host, family }] : await beforeSignal(lookup(host), signal);
  if (addresses === null) return refuse(signal.aborted ? "slow" : "unreachable");
  const [first] = addresses;
  if (first === undefined) return refuse("unreachable");
  return addresses.every(({ address }) => isPublic(address)) ? first : null;
}

async function beforeSignal<T>(work: Promise<T>, signal: AbortSignal): Promise<T | null> {
  if (signal.aborted) return null;
  const aborted = new Promise<null>((resolve) => signal.addEventListener("abort", () => resolve(null), { once: true }));
  return Promise.race([work.catch(() => null), aborted]);
}

/** No cookies, no credentials of the address, no connection that is kept for another host. */
function send(url: URL, { address, family }: Pinned, { headers, body, signal }: Sending): Promise<IncomingMessage | NotOpened> {
  const lookup: LookupFunction = (_host, { all }, done) => (all ? done(null, [{ address, family }]) : done(null, address, family));
  const method = body === null ? "GET" : "POST";
  const length = body === null ? {} : { "content-length": String(body.length) };
  const options: RequestOptions = { method, agent: false, lookup, signal, auth: null, headers: { ...headers, ...length } };
  return new Promise((resolve) => {
    const request = url.protocol === "https:" ? requestHttps(url, options) : requestHttp(url, options);
    request.once("response", resolve);
    request.on("error", () => resolve(refuse(signal.aborted ? "slow" : "unreachable")));
    request.end(body);
  });
}

function refuse(reason: NotOpened["reason"]): NotOpened {
  return { kind: "refused", reason };
}
