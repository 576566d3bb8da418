import { lookup as systemLookup } from "node:dns/promises";
import { type IncomingMessage, type RequestOptions, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { isPublicAddress } from "./public-address.ts";

export interface OutsideRequest {
  readonly url: string;
  /** Content types that are taken, without parameters: ["text/html"]. */
  readonly accept: readonly string[];
  readonly maxBytes: number;
  /** For all of it: names, redirects, body. */
  readonly timeoutMs: number;
}

/**
 * What came, or why nothing did. not-public: the address, or one that it led to, is not one of the open internet; too-large and
 * slow: over the request's limits; wrong-type: of no type that was asked for. url is where the redirects ended.
 */
export type OutsideAnswer =
  | { readonly kind: "fetched"; readonly url: string; readonly contentType: string; readonly body: Buffer }
  | {
      readonly kind: "refused";
      readonly reason: "not-public" | "unreachable" | "slow" | "too-large" | "wrong-type" | "status" | "redirects";
    };

/** How names become addresses, and which addresses count as public; tests have their own. */
export interface Outside {
  readonly lookup: (host: string) => Promise<readonly { address: string; family: number }[]>;
  readonly isPublic: (address: string) => boolean;
}

type Refusal = Extract<OutsideAnswer, { kind: "refused" }>;
type Pinned = { address: string; family: number };

const MOST_REDIRECTS = 4;
const USER_AGENT = "Mozilla/5.0 (compatible; RoseAsh/1.0)";
const SYSTEM: Outside = { lookup: (host) => systemLookup(host, { all: true, verbatim: true }), isPublic: isPublicAddress };

/**
 * Gets a page of the open internet for somebody who named its address, and never one of our own network: each name is looked up
 * once, all of its addresses must be public, and the connection goes to the one that was checked, so that a name can't mean
 * another machine a moment later. Redirects are followed by the same rules. It never throws for what the other side does.
 */
export async function fetchOutside(asked: OutsideRequest, outside: Outside = SYSTEM): Promise<OutsideAnswer> {
  const signal = AbortSignal.timeout(asked.timeoutMs);
  let url = URL.parse(asked.url);
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const pinned = url === null ? null : await pin(url, outside, signal);
    if (url === null || pinned === null) return refuse("not-public");
    if ("kind" in pinned) return pinned;
    const response = await send(url, pinned, asked, signal);
    if ("kind" in response) return response;
    const { statusCode = 0, headers } = response;
    if (statusCode < 300 || statusCode > 399 || headers.location === undefined) return read(url, response, asked, signal);
    response.destroy();
    url = URL.parse(headers.location, url.href);
  }
  return refuse("redirects");
}

/** The one address that is connected to. Null: not one of the open internet. */
async function pin(url: URL, { lookup, isPublic }: Outside, signal: AbortSignal): Promise<Pinned | Refusal | null> {
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
  const aborted = new Promise<null>((resolve) => signal.addEventListener("abort", () => resolve(null), { once: true }));
  return Promise.race([work.catch(() => null), aborted]);
}

/** No cookies, no credentials of the address, no connection that is kept for another host. */
function send(url: URL, { address, family }: Pinned, { accept }: OutsideRequest, signal: AbortSignal): Promise<IncomingMessage | Refusal> {
  const lookup: LookupFunction = (_host, { all }, done) => (all ? done(null, [{ address, family }]) : done(null, address, family));
  const options: RequestOptions = {
    ...{ method: "GET", agent: false, lookup, signal, auth: null },
    headers: { accept: accept.join(", "), "accept-encoding": "identity", "accept-language": "en", "user-agent": USER_AGENT },
  };
  return new Promise((resolve) => {
    const request = url.protocol === "https:" ? requestHttps(url, options) : requestHttp(url, options);
    request.once("response", resolve);
    request.on("error", () => resolve(refuse(signal.aborted ? "slow" : "unreachable")));
    request.end();
  });
}

async function read(
  url: URL,
  response: IncomingMessage,
  { accept, maxBytes }: OutsideRequest,
  signal: AbortSignal,
): Promise<OutsideAnswer> {
  const { statusCode = 0, headers } = response;
  const contentType = headers["content-type"] ?? "";
  const refusal = refusalOf(statusCode, contentType, headers["content-encoding"] ?? "identity", accept);
  if (refusal) {
    response.destroy();
    return refusal;
  }
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of response) {
      length += chunk.length;
      if (length > maxBytes) return refuse("too-large"); // leaving the loop ends the connection
      chunks.push(chunk);
    }
  } catch {
    return refuse(signal.aborted ? "slow" : "unreachable");
  }
  return { kind: "fetched", url: url.href, contentType, body: Buffer.concat(chunks) };
}

function refusalOf(status: number, contentType: string, encoding: string, accept: readonly string[]): Refusal | null {
  if (status !== 200) return refuse("status");
  const [type = ""] = contentType.split(";");
  return accept.includes(type.trim().toLowerCase()) && encoding === "identity" ? null : refuse("wrong-type");
}

function refuse(reason: Refusal["reason"]): Refusal {
  return { kind: "refused", reason };
}
