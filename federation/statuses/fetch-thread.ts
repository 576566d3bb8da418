import type { StatusThread } from "@rose-ash/shared/contracts/statuses.ts";
import type { Transaction } from "@rose-ash/shared/infrastructure/activities/index.ts";
import { firstOf, isDocument, originOf, uriOf, urisOf } from "@rose-ash/shared/infrastructure/activitypub/index.ts";
import { type FetchedStatus, type FetchingParts, fetchStatus } from "./fetch-status.ts";

/** So much is asked for at once: a thread that is longer is fetched further by asking again. */
const MOST = { before: 12, replies: 20, waitMs: 15_000 };

/** Asks for what a thread answers, one after the other upwards, and for the replies that the server of its post knows. */
export async function fetchThread(parts: FetchingParts, transaction: Transaction, { status, missing }: StatusThread): Promise<void> {
  const until = parts.clock.now().getTime() + MOST.waitMs;
  const hasTime = () => parts.clock.now().getTime() < until;
  const take = async (uri: string): Promise<FetchedStatus> => {
    const fetched = await fetchStatus(parts, uri);
    if (fetched.kind === "status") await transaction((tx) => fetched.keep(tx));
    return fetched;
  };
  const seen = new Set<string>();
  for (let at = missing, count = 0; at !== null && count < MOST.before && !seen.has(at) && hasTime(); count += 1) {
    seen.add(at);
    const fetched = await take(at);
    at = fetched.kind === "status" ? fetched.written.inReplyTo : null;
    if (at !== null && (await parts.services.statuses.findByUri(at, null)) !== null) break;
  }
  if (status.author.isOurs) return;
  for (const uri of await repliesOf(parts, status.uri)) {
    if (!hasTime()) return;
    if ((await parts.services.statuses.findByUri(uri, null)) === null) await take(uri);
  }
}

/** The first page of a post's replies, which is embedded, or to be asked for on the same host. */
async function repliesOf({ fediverse }: FetchingParts, uri: string): Promise<readonly string[]> {
  const fetched = await fediverse.fetcher.fetch(uri);
  if (fetched.kind !== "document") return [];
  const collection = firstOf(fetched.document["replies"]);
  const first = isDocument(collection) ? firstOf(collection["first"]) : null;
  const embedded = isDocument(first) ? first : isDocument(collection) ? collection : null;
  const listed = embedded === null ? [] : urisOf(embedded["items"] ?? embedded["orderedItems"]);
  if (listed.length > 0) return listed.slice(0, MOST.replies);
  const next = (isDocument(first) ? uriOf(first["next"]) : null) ?? uriOf(first ?? collection ?? undefined);
  if (next === null || originOf(next) !== originOf(uri)) return [];
  const page = await fediverse.fetcher.fetch(next);
  if (page.kind !== "document") return [];
  const items = page.document["items"] ?? page.document["orderedItems"];
  return urisOf(items).slice(0, MOST.replies);
}
