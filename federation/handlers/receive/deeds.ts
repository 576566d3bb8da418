import { firstOf, isDocument, textOf, typeOf, uriOf, urisOf } from "@rose-ash/shared/infrastructure/activitypub/index.ts";
import { plainText } from "@rose-ash/shared/infrastructure/sanitise-html.ts";
import { answer } from "./follows.ts";
import { findOurs, ignore, type Receiver } from "./parts.ts";

const MOST_WORDS = 5000;
const MOST_OBJECTS = 50;

/** A like or a boost of something that is ours. */
export const receiveReaction: Receiver = async ({ services, fediverse }, { actor, activity, type, document }) => {
  const object = uriOf(document["object"]);
  if (object === null || !fediverse.actors.isOurs(object)) return ignore("it is nothing of ours");
  if ((await services.fediverse.findSaidObject(object))?.kind !== "said") return ignore("there is no such thing here");
  const reaction = { type: type as "Like" | "Announce", actor, object, activity };
  return async (tx) => ((await services.fediverse.react(tx, reaction)) ? "noted" : "ignored: it was noted before");
};

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
    await services.notifications.retractFollows(tx, actor);
    return "taken back";
  };
};

export const receiveBlock: Receiver = async (parts, { actor, activity, document }) => {
  const blocked = await findOurs(parts, uriOf(document["object"]));
  if (blocked === null) return ignore("it blocks nobody of ours");
  return async (tx) => {
    await parts.services.fediverse.block(tx, { actor, blocked: blocked.uri, activity });
    await parts.services.notifications.retractFollows(tx, actor);
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
