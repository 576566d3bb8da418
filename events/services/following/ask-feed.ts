import { createHash } from "node:crypto";
import type { FeedInHand, FeedOutcome, ImportedSeries } from "@rose-ash/shared/contracts/calendar-files.ts";
import type { OutsideReply } from "@rose-ash/shared/infrastructure/http/outside/index.ts";
import type { HostQueue } from "@rose-ash/shared/infrastructure/manners/index.ts";
import { readSeries } from "./imported-series.ts";

/** What a feed said: what to write down of asking it, and its series where it has to be looked at. */
export interface Asked {
  readonly outcome: FeedOutcome;
  readonly series: readonly ImportedSeries[] | null;
}

const MOST_REDIRECTS = 5;
const ACCEPT = { accept: "text/calendar, text/plain;q=0.5, */*;q=0.1" };

const REFUSALS: Record<Extract<OutsideReply, { kind: "refused" }>["reason"], { trouble: string; isLasting: boolean }> = {
  "not-public": { trouble: "Its address, or one that it leads to, is not one of the open internet.", isLasting: true },
  unreachable: { trouble: "Its host does not answer.", isLasting: false },
  slow: { trouble: "It took too long.", isLasting: false },
  "too-large": { trouble: "It is larger than a calendar may be.", isLasting: true },
  damaged: { trouble: "It is packed in a way that can’t be unpacked.", isLasting: false },
};

/**
 * Asks a feed for what it says now, by what was read last. Each address that it leads to is checked anew, and none is on our own
 * network. What is no calendar is a trouble, and changes nothing. Never throws for what the other side does.
 */
export async function askFeed(feed: FeedInHand, queue: Pick<HostQueue, "ask">): Promise<Asked> {
  let url = URL.parse(feed.url);
  const met = new Set<string | undefined>();
  for (let hop = 0; hop <= MOST_REDIRECTS && !met.has(url?.href); hop++) {
    met.add(url?.href);
    if (url === null || !/^https?:$/.test(url.protocol)) return failed("It leads to no address.", true);
    const answer = await queue.ask(url, { ...ACCEPT, ...(hop === 0 ? conditionsOf(feed) : {}) });
    if (answer.kind === "refused") return failed(REFUSALS[answer.reason].trouble, REFUSALS[answer.reason].isLasting);
    const { status, headers } = answer;
    if (status === 304) return { outcome: { kind: "unchanged" }, series: null };
    if (status < 300 || status > 399) return read(feed, answer);
    url = headers.location === undefined ? null : URL.parse(headers.location, url.href);
  }
  return failed("It leads around in circles.", true);
}

function failed(trouble: string, isLasting: boolean): Asked {
  return { outcome: { kind: "failed", trouble, isLasting }, series: null };
}

/** RFC 9110 §13.1 */
function conditionsOf({ etag, lastModified }: FeedInHand): Record<string, string> {
  if (etag !== null) return { "if-none-match": etag };
  return lastModified === null ? {} : { "if-modified-since": lastModified };
}

function read(feed: FeedInHand, { status, headers, body }: Extract<OutsideReply, { kind: "answered" }>): Asked {
  if (status === 404 || status === 410) return failed(`It is not there (${status}).`, true);
  if (status !== 200) return failed(`It is answered with ${status}.`, status < 500 && status !== 429);
  const bodyHash = createHash("sha256").update(body).digest("base64url");
  if (bodyHash === feed.bodyHash) return { outcome: { kind: "unchanged" }, series: null };
  const { isCalendar, series, troubles } = readSeries(body);
  if (!isCalendar) return failed("What is there is no calendar.", false);
  const etag = headers.etag?.slice(0, 500) ?? null;
  const lastModified = headers["last-modified"]?.slice(0, 100) ?? null;
  return { outcome: { kind: "read", etag, lastModified, bodyHash, notes: troubles.slice(0, 20).map((one) => one.slice(0, 300)) }, series };
}
