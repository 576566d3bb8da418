import type { Activity } from "@rose-ash/shared/contracts/activities.ts";
import type { OwnStatus } from "@rose-ash/shared/contracts/statuses.ts";
import {
  addressesOf,
  type LocalActor,
  statusAddresses,
  statusDocument,
  tombstoneOf,
} from "@rose-ash/shared/infrastructure/activitypub/index.ts";
import type { StatusId } from "@rose-ash/shared/models/ids.ts";
import type { BridgeParts, Telling } from "./telling.ts";

/** What a member said or did in the hub, as their own actor says it; null: it is gone meanwhile, or nobody elsewhere knows of it. */
export async function tellForMember(parts: BridgeParts, activity: Activity): Promise<Telling | null> {
  const person = activity.actorId === null ? null : await parts.services.identity.findPerson(activity.actorId);
  if (person === null) return null;
  const actor = parts.fediverse.actors.ofMember(person.handle);
  if (activity.object.type === "Vote") return tellVote(parts, activity, actor);
  if (activity.type === "Like" || activity.type === "Announce" || activity.type === "Undo") return tellDeed(parts, activity, actor);
  return tellStatus(parts, activity, actor);
}

async function tellStatus({ services, fediverse, publicUrl }: BridgeParts, activity: Activity, actor: LocalActor): Promise<Telling | null> {
  const own = await services.statuses.findOwn(Number(activity.object.id) as StatusId);
  if (own === null || (own.deletedAt !== null && activity.type !== "Delete")) return null;
  if (activity.type === "Delete" && (await services.fediverse.findSaidObject(own.uri)) === null) return null;
  const object =
    activity.type === "Delete"
      ? tombstoneOf(own.uri, own.type, own.deletedAt ?? activity.publishedAt)
      : statusDocument(own, { actors: fediverse.actors, publicUrl });
  const { type, publishedAt } = activity;
  const voters = activity.details["isFigures"] === true ? await services.statuses.listVoters(own.id) : []; // they hear how it goes
  return {
    ...{
      type,
      object: own.uri,
      actor,
      isListed: type === "Create" && isForAll(own),
      to: [...own.mentions.map(({ uri }) => uri), ...voters],
    },
    isForFollowers: own.visibility !== "direct",
    document: { type, actor: actor.uri, ...statusAddresses(own, fediverse.actors), published: publishedAt.toISOString(), object },
  };
}

const isForAll = ({ visibility }: Pick<OwnStatus, "visibility">) => visibility === "public" || visibility === "unlisted";

/** A like is its author's to know; a boost its followers' as well. An Undo goes where what is undone went. */
async function tellDeed({ services, fediverse }: BridgeParts, activity: Activity, actor: LocalActor): Promise<Telling | null> {
  const status = await services.statuses.findAddress(Number(activity.object.id) as StatusId);
  if (status === null) return null;
  const { type, details, publishedAt } = activity;
  const isBoost = type === "Announce" || details["undone"] === "Announce";
  const followers = fediverse.actors.collectionOf(actor, "followers");
  const addressed = isBoost ? addressesOf("public", followers, [status.actor]) : { to: [status.actor], cc: [] };
  const undone = { id: details["activity"], type: details["undone"], actor: actor.uri, object: status.uri };
  const object = type === "Undo" ? undone : status.uri;
  return {
    ...{ type, object: status.uri, actor, isListed: type === "Announce", to: [status.actor], isForFollowers: isBoost },
    document: { type, actor: actor.uri, ...addressed, published: publishedAt.toISOString(), object },
  };
}

/** An answer to a poll elsewhere is a note with a name and no text, for whoever asked, by custom. */
async function tellVote({ services }: BridgeParts, activity: Activity, actor: LocalActor): Promise<Telling | null> {
  const { details, publishedAt, id } = activity;
  const question = await services.statuses.findAddress(Number(details["question"]) as StatusId);
  if (question === null) return null;
  const [to, published] = [[question.actor], publishedAt.toISOString()];
  const uri = `${actor.uri}#votes/${id}`;
  const about = { id: uri, type: "Note", attributedTo: actor.uri, name: details["option"], inReplyTo: question.uri, to, published };
  return {
    ...{ type: "Create", object: uri, actor, isListed: false, to, isForFollowers: false },
    document: { type: "Create", actor: actor.uri, to, published, object: about },
  };
}
