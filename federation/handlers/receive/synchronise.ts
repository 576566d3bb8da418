import type { Transaction } from "@rose-ash/shared/infrastructure/activities/index.ts";
import { digestOfFollowers, originOf, textOf, urisOf } from "@rose-ash/shared/infrastructure/activitypub/index.ts";
import type { App } from "@rose-ash/shared/models/apps.ts";
import type { ReceivingParts } from "./parts.ts";

const PARAMETER = /(collectionId|url|digest)="([^"]*)"/g;
const MOST = 10_000;

/**
 * FEP-8fcf: an actor elsewhere said which of its followers it thinks are on this host of ours, by the exclusive or of their hashes. Where
 * that is not what we think, its host is asked for the list: whom it does not know follows it no more. header: as it came with an
 * activity that the actor had signed.
 */
export async function synchronise(
  { services, fediverse, publicUrl }: ReceivingParts,
  transaction: Transaction,
  { actor, app, header }: { actor: string; app: App; header: string },
): Promise<void> {
  const { collectionId, url, digest } = Object.fromEntries([...header.matchAll(PARAMETER)].map(([, name, value]) => [name, value]));
  const known = await fediverse.remote.find(actor);
  if (known.kind !== "actor" || known.actor.followers === null || known.actor.followers !== collectionId) return;
  if (url === undefined || URL.parse(url)?.origin !== originOf(actor) || !/^[0-9a-f]{64}$/.test(digest ?? "")) return;
  const host = `${publicUrl(app, "")}/`;
  const ours = (await services.fediverse.listLocalFollowers(actor)).filter(
    ({ follower, state }) => state === "accepted" && follower.startsWith(host),
  );
  if (digestOfFollowers(ours.map(({ follower }) => follower)) === digest) return;
  const fetched = await fediverse.fetcher.fetch(url);
  if (fetched.kind !== "document" || !textOf(fetched.document["type"]).endsWith("Collection")) return;
  const theirs = new Set(urisOf(fetched.document["orderedItems"] ?? fetched.document["items"]).slice(0, MOST));
  const gone = ours.filter(({ follower }) => !theirs.has(follower));
  if (gone.length === 0) return;
  await transaction(async (tx) => {
    for (const { follower, followed } of gone) await services.fediverse.removeFollow(tx, follower, followed);
  });
}
