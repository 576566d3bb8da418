import { type Breaker, makeBreaker } from "../../breaker.ts";
import type { Clock } from "../../clock.ts";
import { askOutside, type Outside } from "../../http/outside/index.ts";
import { type ApDocument, hostOf, normalise, originOf, readUri, uriOf } from "../normal-form/index.ts";
import { type SigningKey, signRequest } from "../signatures/index.ts";

/** gone: its host says that it was there; busy: we ask too many at the moment. */
export type FetchedDocument =
  | { readonly kind: "document"; readonly document: ApDocument; readonly raw: Readonly<Record<string, unknown>> }
  | { readonly kind: "gone" }
  | { readonly kind: "busy" }
  | { readonly kind: "failed"; readonly reason: string };

export interface DocumentFetcher {
  /** Gets the document whose id this is from its own host, signed by the instance. Nothing else than that document is ever given. */
  fetch(uri: string): Promise<FetchedDocument>;
}

interface FetcherParts {
  readonly outside: Outside;
  readonly clock: Clock;
  /** Whether documents may come without TLS: where we have none either. */
  readonly takesPlainHttp: boolean;
  readonly findKey: () => Promise<SigningKey>;
}

const ACCEPT = 'application/activity+json, application/ld+json; profile="https://www.w3.org/ns/activitystreams"';
const LIMITS = { maxBytes: 512 * 1024, timeoutMs: 6000, redirects: 2, atOnce: 32, atOnceOfHost: 4, waitingOfHost: 16 };

/** Whether a media type is that of a document of ActivityStreams. A document under any other is a file that somebody uploaded. */
export function isActivityType(contentType: string | undefined): boolean {
  const [type = "", ...parameters] = (contentType ?? "").split(";").map((part) => part.trim());
  if (type.toLowerCase() === "application/activity+json") return true;
  const profile = parameters.find((part) => part.toLowerCase().startsWith("profile="))?.slice("profile=".length);
  const names = profile?.replace(/^"|"$/g, "").split(/\s+/) ?? [];
  return type.toLowerCase() === "application/ld+json" && names.includes("https://www.w3.org/ns/activitystreams");
}

/** Asks other hosts for documents: few at once, each within six seconds and half a megabyte, and a host that fails is left alone for a while. */
export function makeDocumentFetcher(parts: FetcherParts): DocumentFetcher {
  const breaker = makeBreaker<string>({ failures: 3, restMs: 60_000 });
  const turns = makeTurns();
  return {
    async fetch(uri) {
      const host = hostOf(uri);
      if (!(await turns.take(host))) return { kind: "busy" };
      try {
        const mayTry = breaker.mayTry(host, parts.clock.now().getTime()); // now: those before us may have waited in vain
        return mayTry ? await fetchFrom(uri, parts, breaker) : { kind: "failed", reason: `${host} is left alone for a while` };
      } finally {
        turns.giveBack(host);
      }
    },
  };
}

/** Lets few through at once, of one host very few; some wait for their turn, the others are told that it is busy. */
function makeTurns() {
  const ofHost = new Map<string, { underWay: number; waiting: (() => void)[] }>();
  let all = 0;
  return {
    async take(host: string): Promise<boolean> {
      const here = ofHost.get(host) ?? { underWay: 0, waiting: [] };
      ofHost.set(host, here);
      if (here.underWay < LIMITS.atOnceOfHost && all < LIMITS.atOnce) here.underWay += 1;
      else if (here.waiting.length >= LIMITS.waitingOfHost || here.underWay === 0) return false;
      else return new Promise((resolve) => here.waiting.push(() => resolve(true))); // the turn of somebody who is done
      all += 1;
      return true;
    },
    giveBack(host: string): void {
      const here = ofHost.get(host);
      const next = here?.waiting.shift();
      next?.();
      if (here === undefined || next !== undefined) return;
      here.underWay -= 1;
      all -= 1;
      if (here.underWay === 0) ofHost.delete(host);
    },
  };
}

async function fetchFrom(uri: string, parts: FetcherParts, breaker: Breaker<string>): Promise<FetchedDocument> {
  const signal = AbortSignal.timeout(LIMITS.timeoutMs);
  const now = () => parts.clock.now().getTime();
  let at = uri;
  for (let hop = 0; hop <= LIMITS.redirects; hop++) {
    if (!parts.takesPlainHttp && !at.startsWith("https:")) return { kind: "failed", reason: "it is not under https" };
    const reply = await ask(new URL(at), parts, signal);
    if (reply.kind === "refused") {
      if (reply.reason !== "too-large") breaker.settle(hostOf(uri), false, now());
      return { kind: "failed", reason: `${at}: ${reply.reason}` };
    }
    breaker.settle(hostOf(uri), reply.status < 500, now());
    if (reply.status >= 300 && reply.status < 400) {
      const next = readUri(URL.parse(reply.headers.location ?? "", at)?.href ?? "");
      if (next === null || originOf(next) !== originOf(uri))
        return { kind: "failed", reason: `${at}: it leads to nothing of its own host` };
      at = next;
      continue;
    }
    if (reply.status === 410 || reply.status === 404) return { kind: "gone" };
    if (reply.status !== 200) return { kind: "failed", reason: `${at}: it answered ${reply.status}` };
    if (!isActivityType(reply.headers["content-type"])) return { kind: "failed", reason: `${at}: it is no document of ActivityStreams` };
    return read(uri, reply.body);
  }
  return { kind: "failed", reason: `${uri}: it leads too far` };
}

/** A host that wants the newer style says 401 to the older one. */
async function ask(url: URL, { outside, clock, findKey }: FetcherParts, signal: AbortSignal) {
  const key = await findKey();
  const askBy = async (style: "cavage" | "rfc9421") => {
    const signed = await signRequest({ method: "GET", url, body: null, key, style, now: clock.now() });
    const headers = { ...signed, accept: ACCEPT, "user-agent": "RoseAsh/1.0" };
    return askOutside({ url, headers, maxBytes: LIMITS.maxBytes, signal }, outside);
  };
  const reply = await askBy("cavage");
  return reply.kind === "answered" && reply.status === 401 ? askBy("rfc9421") : reply;
}

/** Whoever answers says which document it is: another than the one that was asked for counts for nothing, whoever it came from. */
function read(uri: string, body: Buffer): FetchedDocument {
  const normal = normalise(body);
  if (normal.kind === "odd") return { kind: "failed", reason: `${uri}: ${normal.reason}` };
  const { document, raw } = normal;
  return uriOf(document["id"]) === uri
    ? { kind: "document", document, raw }
    : { kind: "failed", reason: `${uri}: its document is another` };
}
