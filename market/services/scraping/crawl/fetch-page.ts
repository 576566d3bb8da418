import type { KnownPage } from "@rose-ash/shared/contracts/crawling.ts";
import type { OutsideReply } from "@rose-ash/shared/infrastructure/http/outside/index.ts";
import { type HostQueue, retryAfterOf } from "@rose-ash/shared/infrastructure/manners/index.ts";
import type { EntryKind } from "@rose-ash/shared/models/scraping.ts";
import type { SupplierConfig } from "../suppliers/supplier.ts";
import { addressOf } from "./addresses.ts";

type Answered = Extract<OutsideReply, { kind: "answered" }>;

/**
 * What asking for a page came to. page and unchanged (304) are what was wanted. lasting: it is so the next time, too; passing:
 * another time it may work; busy: the host wants to be left alone, for so long where it says so.
 */
export type Fetched =
  | { readonly kind: "page"; readonly url: URL; readonly answer: Answered }
  | { readonly kind: "unchanged"; readonly bytes: number }
  | {
      readonly kind: "lasting" | "passing" | "busy";
      readonly entry: EntryKind;
      readonly words: string;
      readonly status: number | null;
      readonly bytes: number;
      readonly retryAfterMs?: number | null;
    };

const MOST_REDIRECTS = 5;
const HTML = /^(?:text\/html|application\/xhtml\+xml)\b/i;
const ACCEPT = { accept: "text/html, application/xhtml+xml", "accept-language": "en" };

const REFUSALS = {
  "not-public": { kind: "lasting", entry: "not-public", words: "Its address, or one it leads to, is not one of the open internet." },
  unreachable: { kind: "passing", entry: "unreachable", words: "Its host does not answer, or ends in the middle." },
  slow: { kind: "passing", entry: "slow", words: "It took longer than a page may." },
  "too-large": { kind: "lasting", entry: "too-large", words: "Unpacked it is larger than a page may be." },
  damaged: { kind: "lasting", entry: "wrong-type", words: "It is packed in a way that can't be unpacked." },
} as const;

/** Asks for a page and follows where it leads: each hop is on a host of the supplier's, allowed by its robots.txt, in its turn, and checked anew. */
export async function fetchPage(address: string, known: KnownPage | null, queue: HostQueue, supplier: SupplierConfig): Promise<Fetched> {
  let url = new URL(address);
  const met = new Set<string>();
  let bytes = 0;
  for (let hop = 0; hop <= MOST_REDIRECTS && !met.has(url.href); hop++) {
    met.add(url.href);
    const allowed = await queue.mayFetch(url);
    if (allowed === "no") return { kind: "lasting", entry: "robots", words: "Its robots.txt asks us not to.", status: null, bytes };
    if (allowed === "unreachable")
      return {
        kind: "passing",
        entry: "unreachable",
        words: "Its robots.txt can't be had, so nothing may be fetched.",
        status: null,
        bytes,
      };
    const answer = await queue.ask(url, { ...ACCEPT, ...(hop === 0 ? conditions(known) : {}) });
    if (answer.kind === "refused") return { ...REFUSALS[answer.reason], status: null, bytes };
    bytes += answer.wireBytes;
    if (answer.status < 300 || answer.status > 399 || answer.status === 304) return judge(url, answer, bytes, known);
    const next = answer.headers.location === undefined ? null : URL.parse(answer.headers.location, url.href);
    if (next === null) return { kind: "lasting", entry: "status", words: "It leads to no address.", status: answer.status, bytes };
    const within = addressOf(next.href, next, supplier);
    if (within === null)
      return {
        kind: "lasting",
        entry: "redirect-elsewhere",
        words: `It leads to ${next.host}, which is none of the supplier's hosts.`,
        status: answer.status,
        bytes,
      };
    url = within;
  }
  return { kind: "lasting", entry: "redirect-loop", words: "It leads around in circles.", status: null, bytes };
}

/** RFC 9110 §13.1: what was kept is asked about first by its tag, else by its date. */
function conditions(known: KnownPage | null): Record<string, string> {
  if (known?.etag) return { "if-none-match": known.etag };
  return known?.lastModified ? { "if-modified-since": known.lastModified } : {};
}

function judge(url: URL, answer: Answered, bytes: number, known: KnownPage | null): Fetched {
  const { status, headers } = answer;
  if (status === 304 && known) return { kind: "unchanged", bytes };
  if (status === 404 || status === 410) return { kind: "lasting", entry: "gone", words: `It is not there (${status}).`, status, bytes };
  if (status === 429 || status === 503)
    return {
      kind: "busy",
      entry: "busy",
      words: `Its host wants to be left alone (${status}).`,
      status,
      bytes,
      retryAfterMs: retryAfterOf(headers["retry-after"]),
    };
  if (status !== 200)
    return { kind: status >= 500 ? "passing" : "lasting", entry: "status", words: `It is answered with ${status}.`, status, bytes };
  const type = headers["content-type"] ?? "text/html";
  if (!HTML.test(type)) return { kind: "lasting", entry: "wrong-type", words: `It is no page but ${type.slice(0, 100)}.`, status, bytes };
  return { kind: "page", url, answer };
}
