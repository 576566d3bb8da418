import type { ProofView } from "@rose-ash/shared/contracts/relations.ts";
import { emitActivity } from "@rose-ash/shared/infrastructure/activities/index.ts";
import type { LocalActor } from "@rose-ash/shared/infrastructure/activitypub/index.ts";
import type { UserId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyInstance } from "fastify";
import { findAnybody } from "../people/find-anybody.ts";
import { activityUri, statementTo } from "../people/statement.ts";

/** What became of it. asked: the other side is to answer; followed: it is followed, from now on or already. */
export type Following =
  | { readonly kind: "asked"; readonly uri: string }
  | { readonly kind: "followed"; readonly uri: string; readonly isNew: boolean }
  | { readonly kind: "not-found"; readonly reason: string }
  | { readonly kind: "refused"; readonly reason: "suspended" | "oneself" | "cut" };

/** One of ours asks to follow whom people call by this name or address. Who refused before is asked again; an exception is lifted. */
export async function follow(app: FastifyInstance, follower: LocalActor, name: string): Promise<Following> {
  const { fediverse, services, transaction, publicUrl } = app;
  const found = await findAnybody(app, name);
  if (found.kind === "nobody") return { kind: "not-found", reason: found.reason };
  if (found.kind === "suspended") return { kind: "refused", reason: "suspended" };
  const { uri: followed } = found.actor;
  if (followed === follower.uri) return { kind: "refused", reason: "oneself" };
  const known = await services.fediverse.findFollow(follower.uri, followed);
  if (known?.state === "accepted") return { kind: "followed", uri: followed, isNew: false };
  if (await services.relations.holds({ relation: "federation.cut", values: [follower.uri, followed] }))
    return { kind: "refused", reason: "cut" };
  if (found.kind !== "elsewhere")
    return followOurs(app, follower, { uri: followed, userId: found.kind === "member" ? found.userId : null });
  const uri = activityUri(publicUrl, follower, "follow");
  await transaction(async (tx) => {
    await services.people.showThemselves(tx, follower.uri);
    await services.people.except(tx, follower.uri, followed, false);
    await fediverse.remote.keep(tx, found.actor);
    await emitActivity(tx, { originApp: "federation", actorId: null, type: "Update", object: { type: "Profile", id: followed } });
    await services.fediverse.askToFollow(tx, { follower: follower.uri, followed, activity: uri });
    await services.fediverse.say(tx, statementTo(follower, followed, { uri, type: "Follow", object: uri, document: { object: followed } }));
  });
  return { kind: "asked", uri: followed };
}

/** Between two of ours nothing goes out: the one follows, or waits for the other's yes, and the other hears of it. A service (userId null) minds nobody. */
async function followOurs(
  { services, transaction, publicUrl }: FastifyInstance,
  follower: LocalActor,
  { uri: followed, userId }: { uri: string; userId: UserId | null },
): Promise<Following> {
  return transaction(async (tx): Promise<Following> => {
    const activity = activityUri(publicUrl, follower, "follow");
    await services.people.showThemselves(tx, follower.uri);
    await services.people.except(tx, follower.uri, followed, false);
    const state = await services.fediverse.acceptFollower(tx, { follower: follower.uri, followed, activity });
    if (state === "refused") return { kind: "refused", reason: "cut" };
    const kind = state === "asked" ? "follow-request" : "follow";
    if (userId !== null) await services.notifications.notify(tx, { userId, kind, actor: follower.uri, object: followed });
    return state === "asked" ? { kind: "asked", uri: followed } : { kind: "followed", uri: followed, isNew: true };
  });
}

/** ended: they are followed no more; still: a rule derives the follow all the same, for this reason; not-there: they were not followed. */
export type Unfollowing = { readonly kind: "ended" | "not-there" } | { readonly kind: "still"; readonly proof: ProofView };

/** One of ours takes back that they follow somebody, or asked to. What rules derive stays, and takes an exception to end. */
export async function unfollow(
  app: FastifyInstance,
  follower: LocalActor & { readonly userId: UserId },
  followed: string,
): Promise<Unfollowing> {
  const { services, transaction, publicUrl } = app;
  const isRemoved = await transaction(async (tx) => {
    const removed = await services.fediverse.removeFollow(tx, follower.uri, followed);
    if (removed === null) return false;
    const uri = activityUri(publicUrl, follower, "undo");
    const object = { id: removed.activity, type: "Follow", actor: follower.uri, object: followed };
    await services.fediverse.say(
      tx,
      statementTo(follower, followed, { uri, type: "Undo", object: removed.activity, document: { object } }),
    );
    await services.notifications.retractEnded(tx, follower.uri);
    return true;
  });
  const still = await whyFollowed(app, follower.userId, [follower.uri, followed]);
  if (still !== null) return { kind: "still", proof: still };
  return { kind: isRemoved ? "ended" : "not-there" };
}

/** Why somebody is followed whom nobody asked to follow; null: they are not. */
export async function whyFollowed(
  { services }: FastifyInstance,
  viewer: UserId,
  [follower, followed]: readonly [string, string],
): Promise<ProofView | null> {
  const fact = { relation: "federation.follows", values: [follower, followed] };
  return (await services.relations.holds(fact)) ? services.relations.explain(viewer, fact, SHOWN) : null;
}

/** What a member may be shown of why they follow somebody: all of it is about them, or was said to everybody. */
const SHOWN = ["follows", "announces", "auto_follow", "unfollowed", "cut", "blocked"].map((name) => `federation.${name}`);
