import type { CommentForWorld } from "@rose-ash/shared/contracts/comments.ts";
import type { Json } from "@rose-ash/shared/contracts/fediverse.ts";
import type { Services } from "@rose-ash/shared/contracts/services.ts";
import type { Tx } from "@rose-ash/shared/contracts/tx.ts";
import type { ActivityHandler } from "@rose-ash/shared/infrastructure/activities/index.ts";
import {
  ACTIVITY_CONTEXT,
  addressesOf,
  escapeHtml,
  type Fediverse,
  type LocalActor,
  tombstoneOf,
  withProof,
} from "@rose-ash/shared/infrastructure/activitypub/index.ts";
import type { PublicUrl } from "@rose-ash/shared/infrastructure/service-deps.ts";

interface TellingParts {
  readonly services: Services;
  readonly fediverse: Pick<Fediverse, "actors" | "keysOf">;
  readonly publicUrl: PublicUrl;
}

/**
 * A comment is there, was changed or is gone. A member's goes out as a Note by their own actor, to their followers and to whom it
 * answers, if everybody may see it; what was taken back stays so elsewhere, since nobody there would take it up again. Whoever
 * published what it stands under hears of a new one.
 */
export const tellOfComment = (parts: TellingParts): ActivityHandler => ({
  name: "federation.tell-of-comment",
  kind: "transaction",
  atOnce: 4,
  async handle(tx, { id, type, object, originApp, publishedAt }) {
    const { services, publicUrl } = parts;
    const isSeen = type !== "Delete" && !(await services.relations.holds({ relation: "federation.unshown", values: [object.id] }));
    if (type === "Create" && isSeen) {
      const publishers = await services.comments.listPublishers(object.id);
      if (publishers.length > 0) await services.federation.notifyPeople(tx, publishers, id, "comments");
      else await services.federation.notifyStewards(tx, originApp, id);
    }
    const said = await services.fediverse.findSaidObject(object.id);
    const telling = { tx, uri: publicUrl("federation", `/ap/activities/${id}`), object: object.id, at: publishedAt };
    if (type === "Delete") return said?.kind === "said" ? sayDeleted(parts, telling, String(said.object["attributedTo"])) : undefined;
    const isOfHub = !object.id.startsWith(publicUrl("federation", "/ap/objects/")); // a post that the hub tells of
    const comment = isSeen && !isOfHub && said?.kind !== "withdrawn" ? await services.comments.findForWorld(object.id) : null;
    if (comment !== null) await sayNote(parts, telling, comment, said === null ? "Create" : "Update");
  },
});

interface Telling {
  readonly tx: Tx;
  readonly uri: string;
  readonly object: string;
  readonly at: Date;
}

async function sayNote(parts: TellingParts, telling: Telling, comment: CommentForWorld, type: "Create" | "Update"): Promise<void> {
  const actor = parts.fediverse.actors.find(comment.actor);
  if (actor === null) return;
  const named = comment.answeredActor === null || comment.answeredActor === actor.uri ? [] : [comment.answeredActor];
  const addressed = addressesOf("public", parts.fediverse.actors.collectionOf(actor, "followers"), named);
  const note = {
    ...{ id: telling.object, type: "Note", attributedTo: actor.uri, inReplyTo: comment.inReplyTo, url: comment.url, ...addressed },
    ...{ content: comment.html, published: comment.publishedAt.toISOString() },
    ...(comment.updatedAt === null ? {} : { updated: comment.updatedAt.toISOString() }),
    ...(comment.warning === "" ? {} : { summary: escapeHtml(comment.warning), sensitive: true }),
    tag: named.map((href) => ({ type: "Mention", href })),
  };
  await say(parts, telling, { actor, type, object: note, named, addressed });
}

async function sayDeleted(parts: TellingParts, telling: Telling, by: string): Promise<void> {
  const actor = parts.fediverse.actors.find(by);
  if (actor === null) return;
  const addressed = addressesOf("public", parts.fediverse.actors.collectionOf(actor, "followers"));
  await say(parts, telling, { actor, type: "Delete", object: tombstoneOf(telling.object, "Note", telling.at), named: [], addressed });
}

interface Saying {
  readonly actor: LocalActor;
  readonly type: "Create" | "Update" | "Delete";
  readonly object: Json;
  readonly named: readonly string[];
  readonly addressed: { to: string[]; cc: string[] };
}

async function say({ services, fediverse }: TellingParts, { tx, uri, object: id, at }: Telling, saying: Saying): Promise<void> {
  const { actor, type, object, named, addressed } = saying;
  const keys = await fediverse.keysOf(actor);
  const document = { "@context": ACTIVITY_CONTEXT, id: uri, type, actor: actor.uri, ...addressed, published: at.toISOString(), object };
  await services.fediverse.say(tx, {
    ...{ uri, app: "federation", actor: actor.uri, type, object: id, visibility: "public", isListed: type === "Create" },
    document: keys === null ? document : withProof(document, keys.ed25519, at),
    ...{ isForFollowers: true, to: named, activityId: null, source: { type: "Comment", id } },
  });
}
