import type { Tx } from "@rose-ash/shared/contracts/tx.ts";
import {
  ACTIVITY_CONTEXT,
  type FoundActor,
  firstOf,
  isDocument,
  type LocalActor,
  typeOf,
  uriOf,
} from "@rose-ash/shared/infrastructure/activitypub/index.ts";
import type { UserId } from "@rose-ash/shared/models/ids.ts";
import { followInstead, isKnownAs } from "../../following/follow-instead.ts";
import { withUserId } from "../../people/move-away.ts";
import { findOurs, findUserId, ignore, type Received, type Receiver, type ReceivingParts } from "./parts.ts";

/** Somebody follows one of ours: everybody may, unless nothing passes between the two; a member may want to be asked first. */
export const receiveFollow: Receiver = async (parts, received) => {
  const followed = await findOurs(parts, uriOf(received.document["object"]));
  if (followed === null) return ignore("it follows nobody of ours");
  const userId = await findUserId(parts, followed);
  return async (tx) => {
    const follow = { follower: received.actor, followed: followed.uri, activity: received.activity };
    const state = await parts.services.fediverse.acceptFollower(tx, follow);
    if (state !== "asked") await answer(parts, tx, { from: followed, received, isAccepted: state === "accepted" });
    if (state === "refused") return "refused: nothing passes between the two, or its name is taken";
    if (userId !== null) {
      const kind = state === "asked" ? "follow-request" : "follow";
      await parts.services.notifications.notify(tx, { userId, kind, actor: received.actor, object: followed.uri });
    }
    return state === "asked" ? "waits for a yes" : "follows";
  };
};

interface Answer {
  readonly from: LocalActor;
  readonly received: Received;
  readonly isAccepted: boolean;
}

/** Accept or Reject of what came, to whom it came from. */
export async function answer({ services, publicUrl }: ReceivingParts, tx: Tx, { from, received, isAccepted }: Answer): Promise<void> {
  const { id, activity, actor, type, document } = received;
  const answerType = isAccepted ? "Accept" : "Reject";
  const uri = publicUrl(from.app, `/ap/activities/answer-${id}`);
  const object = { id: activity, type, actor, object: uriOf(document["object"]) };
  await services.fediverse.say(tx, {
    ...{ uri, app: from.app, actor: from.uri, type: answerType, object: activity },
    document: { "@context": ACTIVITY_CONTEXT, id: uri, type: answerType, actor: from.uri, to: [actor], object },
    ...{ visibility: "direct", isListed: false, isForFollowers: false, to: [actor], activityId: null, source: null },
  });
}

/** Whom one of ours asked to follow says yes, or no; also later, to one that was let in before. */
export const receiveAnswer: Receiver = async ({ services, fediverse }, { actor, type, document }) => {
  const object = firstOf(document["object"]);
  const follow = isDocument(object) ? object : null;
  const follower = follow && typeOf(follow) === "Follow" ? uriOf(follow["actor"]) : null;
  const activity = uriOf(object ?? undefined);
  const isNamed = activity !== null && fediverse.actors.isOurs(activity);
  if (!isNamed && (follower === null || fediverse.actors.find(follower) === null)) return ignore("it answers nothing of ours");
  return async (tx) => {
    const isDone = await services.fediverse.answerFollow(tx, actor, { activity: isNamed ? activity : null, follower }, type === "Accept");
    return isDone ? (type === "Accept" ? "let in" : "turned away") : "ignored: nobody had asked";
  };
};

/**
 * Whoever one of ours follows has moved, elsewhere or to us: the new account must name the old one, and is followed in its place. The old
 * one says so itself, as its signature shows; not more often than once a week.
 */
export const receiveMove: Receiver = async (parts, { actor, document, id }) => {
  const { services, fediverse } = parts;
  const [object, target] = [uriOf(document["object"]), uriOf(document["target"])];
  if (object !== actor || target === null || target === actor) return ignore("only oneself can be moved, and to another address");
  if (await services.fediverse.movedLately(actor)) return ignore("it has moved within a week");
  const found = await findTarget(parts, target, actor);
  if (typeof found === "string") return ignore(found);
  const followers = (await services.fediverse.listLocalFollowers(actor)).filter(({ state }) => state !== "refused");
  const ours = await Promise.all(followers.map(({ follower }) => withUserId(parts, fediverse.actors.find(follower))));
  return async (tx) => {
    if (found.actor !== null) await fediverse.remote.keep(tx, found.actor);
    await services.fediverse.noteMove(tx, actor, target);
    for (const [index, local] of ours.entries())
      if (local !== null) await followInstead(parts, tx, local, { from: actor, to: target, member: found.member, name: `${id}-${index}` });
    return `moved, ${followers.length} of ours with it`;
  };
};

type KnownActor = Extract<FoundActor, { kind: "actor" }>["actor"];
type Target = { readonly actor: KnownActor | null; readonly member: UserId | null };

/** Where they went, if it says that they are the same; else why not. */
async function findTarget({ services, fediverse }: ReceivingParts, target: string, from: string): Promise<Target | string> {
  const local = fediverse.actors.find(target);
  if (local !== null || fediverse.actors.isOurs(target)) {
    const person = local?.kind === "member" ? await services.identity.findPublicPerson(local.name) : null;
    if (person === null) return "there is no such member here";
    return isKnownAs(person.alsoKnownAs, from) ? { actor: null, member: person.userId } : "the member does not know the old account";
  }
  const found = await fediverse.remote.refetch(target);
  if (found.kind !== "actor") return "the new account can't be asked";
  if (!isKnownAs(found.actor.document["alsoKnownAs"], from)) return "the new account does not know the old one";
  return { actor: found.actor, member: null };
}
