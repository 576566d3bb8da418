import type { FollowView } from "@rose-ash/shared/contracts/fediverse.ts";
import type { Tx } from "@rose-ash/shared/contracts/tx.ts";
import type { LocalActor } from "@rose-ash/shared/infrastructure/activitypub/index.ts";
import type { FastifyInstance } from "fastify";
import { activityUri, statementTo } from "./statement.ts";

/** One of ours says yes to whoever asked to follow them. False: nobody waits. */
export function acceptFollower(app: FastifyInstance, own: LocalActor, follower: string): Promise<boolean> {
  return app.transaction(async (tx) => {
    const accepted = await app.services.people.acceptRequest(tx, follower, own.uri);
    if (accepted === null) return false;
    await answer(app, tx, own, accepted, "Accept");
    return true;
  });
}

/** One of ours says no, also to somebody who was let in before. False: they neither follow nor ask to. */
export function removeFollower(app: FastifyInstance, own: LocalActor, follower: string): Promise<boolean> {
  const { services } = app;
  return app.transaction(async (tx) => {
    const removed = await services.fediverse.removeFollow(tx, follower, own.uri);
    if (removed === null) return false;
    await services.notifications.retractEnded(tx, follower);
    await answer(app, tx, own, removed, "Reject");
    return true;
  });
}

/** One of ours wants to have nothing to do with somebody: they are told, and neither follows the other from then on. */
export function block(app: FastifyInstance, own: LocalActor, blocked: string): Promise<void> {
  const { services, publicUrl } = app;
  return app.transaction(async (tx) => {
    const { blocks } = await services.people.standing(own.uri, blocked);
    if (blocks) return;
    const uri = activityUri(publicUrl, own, "block");
    await services.people.showThemselves(tx, own.uri); // who is blocked asks for the key it is signed with
    await services.fediverse.block(tx, { actor: own.uri, blocked, activity: uri });
    await services.notifications.retractEnded(tx, blocked);
    await services.fediverse.say(tx, statementTo(own, blocked, { uri, type: "Block", object: blocked, document: { object: blocked } }));
  });
}

/** The block is taken back; follows do not come back with it. False: there was none. */
export function unblock(app: FastifyInstance, own: LocalActor, blocked: string): Promise<boolean> {
  const { services, publicUrl } = app;
  return app.transaction(async (tx) => {
    const activity = await services.people.unblock(tx, own.uri, blocked);
    if (activity === null) return false;
    const uri = activityUri(publicUrl, own, "undo");
    const object = { id: activity, type: "Block", actor: own.uri, object: blocked };
    await services.fediverse.say(tx, statementTo(own, blocked, { uri, type: "Undo", object: blocked, document: { object } }));
    return true;
  });
}

/** Nothing passes between one of ours and a whole host any more; follows end both ways, and those there are told so one by one. */
export function blockDomain(app: FastifyInstance, own: LocalActor, domain: string): Promise<void> {
  const { services, publicUrl } = app;
  return app.transaction(async (tx) => {
    for (const ended of await services.people.blockDomain(tx, own.uri, domain)) {
      if (ended.followed === own.uri) {
        await services.notifications.retractEnded(tx, ended.follower);
        await answer(app, tx, own, ended, "Reject");
        continue;
      }
      const uri = activityUri(publicUrl, own, "undo");
      const object = { id: ended.activity, type: "Follow", actor: own.uri, object: ended.followed };
      await services.fediverse.say(
        tx,
        statementTo(own, ended.followed, { uri, type: "Undo", object: ended.activity, document: { object } }),
      );
    }
  });
}

async function answer(
  { services, publicUrl }: FastifyInstance,
  tx: Tx,
  own: LocalActor,
  { follower, activity }: FollowView,
  type: "Accept" | "Reject",
): Promise<void> {
  const uri = activityUri(publicUrl, own, type.toLowerCase());
  const object = { id: activity, type: "Follow", actor: follower, object: own.uri };
  await services.fediverse.say(tx, statementTo(own, follower, { uri, type, object: activity, document: { object } }));
}
