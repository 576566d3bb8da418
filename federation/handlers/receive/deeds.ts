import type { Reaction } from "@rose-ash/shared/contracts/fediverse.ts";
import { firstOf, isDocument, textOf, typeOf, uriOf, urisOf } from "@rose-ash/shared/infrastructure/activitypub/index.ts";
import { plainText } from "@rose-ash/shared/infrastructure/sanitise-html.ts";
import { fetchStatus } from "../../statuses/fetch-status.ts";
import { answer } from "./follows.ts";
import { findOurs, ignore, type Receiver, type ReceivingParts, type Work } from "./parts.ts";

const MOST_WORDS = 5000;
const MOST_OBJECTS = 50;

/** A like or a boost of something that is ours, or a boost by whom one of ours follows. */
export const receiveReaction: Receiver = async (parts, { actor, activity, type, document }) => {
  const { services, fediverse } = parts;
  const object = uriOf(document["object"]);
  if (object === null) return ignore("it does not say what it is about");
  const reaction = { type: type as "Like" | "Announce", actor, object, activity };
  if (!fediverse.actors.isOurs(object)) return type === "Announce" ? receiveBoost(parts, reaction) : ignore("it is nothing of ours");
  if (!isPostOfHub(fediverse, object)) {
    if ((await services.fediverse.findSaidObject(object))?.kind !== "said") return ignore("there is no such thing here");
  } else {
    const isForAll = (await services.statuses.findByUri(object, null)) !== null;
    if (!isForAll && (type === "Announce" || !(await services.statuses.isSeenBy(object, actor)))) return ignore("it is not for its sender");
  }
  return async (tx) => {
    if (!(await services.fediverse.react(tx, reaction))) return "ignored: it was noted before";
    await services.notifications.tellAuthor(tx, reaction);
    return "noted";
  };
};

const isPostOfHub = ({ actors }: ReceivingParts["fediverse"], uri: string) =>
  uri.startsWith(`${new URL(actors.instance.uri).origin}/posts/`);

/** What is boosted may be on a third server: it is asked for there, if it is not here. */
async function receiveBoost(parts: ReceivingParts, reaction: Reaction): Promise<Work> {
  const { services } = parts;
  const isFollowed = (await services.fediverse.listLocalFollowers(reaction.actor)).some(({ state }) => state === "accepted");
  if (!isFollowed) return ignore("nobody of ours follows its sender");
  const note: Work = async (tx) => ((await services.fediverse.react(tx, reaction)) ? "noted" : "ignored: it was noted before");
  if ((await services.statuses.findByUri(reaction.object, null)) !== null) return note;
  const fetched = await fetchStatus(parts, reaction.object);
  if (fetched.kind === "busy") throw new Error("too much is asked for at the moment: it is tried again");
  if (fetched.kind === "none") return ignore(`what it boosts can't be had: ${fetched.reason}`);
  return async (tx) => ((await fetched.keep(tx)) ? note(tx) : "ignored: what it boosts is not taken");
}

/** Somebody elsewhere comes to an event of ours: everybody may say so; places are another matter, and sold by tickets. */
export const receiveJoin: Receiver = async (parts, received) => {
  const { services, fediverse } = parts;
  const object = uriOf(received.document["object"]);
  const said = object === null || !fediverse.actors.isOurs(object) ? null : await services.fediverse.findSaidObject(object);
  if (object === null || said?.kind !== "said" || said.object["type"] !== "Event") return ignore("it is no event of ours");
  const from = await findOurs(parts, String(said.object["attributedTo"]));
  if (from === null) return ignore("the event is nobody's");
  const isAccepted = said.object["ical:status"] !== "CANCELLED";
  return async (tx) => {
    if (isAccepted) await services.fediverse.react(tx, { type: "Join", actor: received.actor, object, activity: received.activity });
    await answer(parts, tx, { from, received, isAccepted });
    return isAccepted ? "comes" : "refused: it was called off";
  };
};

export const receiveLeave: Receiver = async ({ services }, { actor, document }) => {
  const object = uriOf(document["object"]);
  const withdrawal = { actor, activity: null, type: "Join", object };
  return async (tx) => ((await services.fediverse.withdraw(tx, withdrawal)) ? "does not come" : "ignored: it never came");
};

/** What an actor did is taken back, by the same actor: named by the activity's id, or described whole. */
export const receiveUndo: Receiver = async ({ services }, { actor, document }) => {
  const undone = firstOf(document["object"]);
  const activity = uriOf(undone ?? undefined);
  const whole = isDocument(undone) && (undone["actor"] === undefined || uriOf(undone["actor"]) === actor) ? undone : null;
  if (activity === null && whole === null) return ignore("it does not say what is undone");
  const [type, object] = whole === null ? ["", null] : [typeOf(whole), uriOf(whole["object"])];
  return async (tx) => {
    if (!(await services.fediverse.withdraw(tx, { actor, activity, type, object }))) return "ignored: not done by it";
    await services.notifications.retractEnded(tx, actor);
    return "taken back";
  };
};

export const receiveBlock: Receiver = async (parts, { actor, activity, document }) => {
  const blocked = await findOurs(parts, uriOf(document["object"]));
  if (blocked === null) return ignore("it blocks nobody of ours");
  return async (tx) => {
    await parts.services.fediverse.block(tx, { actor, blocked: blocked.uri, activity });
    await parts.services.notifications.retractEnded(tx, actor);
    return "blocked";
  };
};

/** A report, for stewards: of whom and what of ours it names. */
export const receiveFlag: Receiver = async ({ services, fediverse }, { actor, activity, document }) => {
  const objects = urisOf(document["object"])
    .filter((uri) => fediverse.actors.isOurs(uri))
    .slice(0, MOST_OBJECTS);
  if (objects.length === 0) return ignore("it names nothing of ours");
  const words = plainText(textOf(document["content"])).slice(0, MOST_WORDS);
  return async (tx) => {
    const isTaken = await services.moderation.receiveReport(tx, { activity, actor, objects, words });
    return isTaken ? "reported" : "ignored: it was reported before, or no reports are taken of its server";
  };
};
