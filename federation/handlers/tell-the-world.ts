import type { Activity } from "@rose-ash/shared/contracts/activities.ts";
import type { Json } from "@rose-ash/shared/contracts/fediverse.ts";
import type { Services } from "@rose-ash/shared/contracts/services.ts";
import type { Tx } from "@rose-ash/shared/contracts/tx.ts";
import type { ActivityHandler } from "@rose-ash/shared/infrastructure/activities/index.ts";
import { ACTIVITY_CONTEXT, addressesOf, describe, tombstoneOf, withProof } from "@rose-ash/shared/infrastructure/activitypub/index.ts";
import { tellForMember } from "./tell-for-member.ts";
import type { BridgeParts, Telling } from "./telling.ts";

/**
 * The one bridge from our outbox to the world: of each activity that is not internal, one activity of ActivityPub by the actor of its
 * service or of the member who did it, and a delivery for each inbox that is to have it, in the transaction that marks it as handled. Its id follows from the
 * row's, so that whatever is done twice is said once.
 */
export const tellTheWorld = (parts: BridgeParts): ActivityHandler => ({
  name: "federation.tell-the-world",
  kind: "transaction",
  atOnce: 4,
  async handle(tx, activity) {
    if (activity.visibility === "internal") return;
    const isSaid = activity.object.type === "Status" || activity.object.type === "Vote";
    const telling = await (isSaid ? tellForMember(parts, activity) : tell(parts, activity));
    if (telling === null) return;
    const { id, originApp: app, visibility } = activity;
    const { actor = parts.fediverse.actors.ofApp(app), to = [], isForFollowers = true } = telling;
    const uri = parts.publicUrl(app, `/ap/activities/${id}`);
    const keys = await parts.fediverse.keysOf(actor);
    const document = { "@context": ACTIVITY_CONTEXT, id: uri, ...telling.document };
    const source = { type: activity.object.type, id: activity.object.id };
    const isNew = await parts.services.fediverse.say(tx, {
      ...{ type: telling.type, object: telling.object, isListed: telling.isListed },
      document: keys === null ? document : withProof(document, keys.ed25519, activity.publishedAt),
      ...{ uri, app, actor: actor.uri, visibility, isForFollowers, to, activityId: id, source },
    });
    if (isNew && !isSaid) await keepAtHome(parts, tx, { actor: actor.uri, telling, at: activity.publishedAt });
  },
});

/** What services publish stands at home of the members who follow them: nothing is delivered to ourselves. */
async function keepAtHome({ services }: BridgeParts, tx: Tx, said: { actor: string; telling: Telling; at: Date }): Promise<void> {
  const { actor, telling, at } = said;
  const { type, document } = telling;
  if (type !== "Create" && type !== "Update" && type !== "Delete") return;
  await services.fediverse.keepPublished(tx, { actor, type, object: document["object"] as Json, at }); // as tell() made it
  if (type === "Create") await services.notifications.tellAlerted(tx, telling.object);
}

/** Null: there is nothing to say, as the thing is gone meanwhile or the world never heard of it. */
async function tell(parts: BridgeParts, activity: Activity): Promise<Telling | null> {
  const { services, publicUrl, fediverse } = parts;
  const { originApp: app, object: source, details, publishedAt } = activity;
  const known = await services.fediverse.findObjectUri(source);
  const said = known === null ? null : await services.fediverse.findSaidObject(known);
  const actor = fediverse.actors.ofApp(app);
  const addressed = addressesOf(activity.visibility, fediverse.actors.collectionOf(actor, "followers"));
  const around = (type: string, object: Json) => ({ type, actor: actor.uri, ...addressed, published: publishedAt.toISOString(), object });
  if (activity.type === "Delete") {
    if (known === null || said?.kind !== "said") return null;
    const tombstone = tombstoneOf(known, String(said.object["type"]), publishedAt);
    return { type: "Delete", object: known, document: around("Delete", tombstone), isListed: false };
  }
  const url = publicUrl(app, details.path ?? "/");
  // news of many have no page of their own: they lead to the shop
  const address = source.type === "ProductNews" ? publicUrl(app, `/ap/objects/${encodeURIComponent(source.id)}`) : url;
  const isNew = known === null || said?.kind === "withdrawn";
  const id = isNew ? await freshId(services, address, activity.id) : known;
  const object = await describe({ services, actors: fediverse.actors, publicUrl }, source, { details, at: publishedAt }, { id, url });
  if (object === null) return null;
  const type = activity.type === "Create" && isNew ? "Create" : "Update";
  return { type, object: id, document: around(type, object), isListed: type === "Create" };
}

/** The page's address, unless the world knows something else by it that was taken back: nobody would take that up again. */
async function freshId(services: Services, url: string, activityId: number): Promise<string> {
  return (await services.fediverse.findSaidObject(url)) === null ? url : `${url}#${activityId}`;
}
