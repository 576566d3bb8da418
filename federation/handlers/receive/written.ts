import type { Tx } from "@rose-ash/shared/contracts/tx.ts";
import { emitActivity } from "@rose-ash/shared/infrastructure/activities/index.ts";
import {
  type ApDocument,
  firstOf,
  isDocument,
  originOf,
  textOf,
  typeOf,
  uriOf,
} from "@rose-ash/shared/infrastructure/activitypub/index.ts";
import { readWritten } from "../../statuses/read-written.ts";
import { ignore, type Received, type Receiver, type ReceivingParts, type Work } from "./parts.ts";

/** Something was written, or changed: it is kept where it concerns us, and its id is its author's own. */
export const receiveWritten: Receiver = async (parts, received) => {
  const { actor, type, document } = received;
  const uri = uriOf(document["object"]);
  if (uri === null) return ignore("it says nothing of what it is about");
  if (type === "Update" && uri === actor) return renewActor(parts, actor);
  if (originOf(uri) !== originOf(actor)) return ignore("what it is about is of another origin than its actor");
  const object = await wholeOf(parts, received, uri);
  const vote = object && type === "Create" ? voteIn(object, actor) : null;
  if (vote !== null) return takeVote(parts, vote);
  const written = object && readWritten(object, actor, parts.clock.now());
  if (!written) return ignore("it is nothing that is written, or somebody else wrote it");
  const concern = await parts.services.fediverse.concernOf(written);
  if (concern === null) return ignore("it does not concern us");
  return async (tx) => {
    const { comments, fediverse } = parts.services;
    const refusal = await comments.refuseArrival(tx, written, concern.about);
    if (refusal !== null) return `ignored: ${refusal}`;
    const isKept = await fediverse.keepDocument(tx, written, concern.about);
    if (isKept && type === "Create") await tellMembers(parts, tx, written.uri);
    return isKept ? comments.arrive(tx, written.uri) : "ignored: its id is taken, or a newer one is here";
  };
};

async function tellMembers({ services: { notifications } }: ReceivingParts, tx: Tx, uri: string): Promise<void> {
  await notifications.tellNamed(tx, uri);
  await notifications.tellAlerted(tx, uri);
}

interface Vote {
  readonly question: string;
  readonly option: string;
  readonly actor: string;
}

/** A note with a name and no text that answers something is a vote, by custom. */
function voteIn(object: ApDocument, actor: string): Vote | null {
  const [question, option] = [uriOf(object["inReplyTo"]), textOf(object["name"])];
  const isVote = typeOf(object) === "Note" && option !== "" && textOf(object["content"]) === "" && uriOf(object["attributedTo"]) === actor;
  return isVote && question !== null ? { question, option, actor } : null;
}

async function takeVote({ services, fediverse }: ReceivingParts, vote: Vote): Promise<Work> {
  if (!fediverse.actors.isOurs(vote.question)) return ignore("the question is none of ours");
  if (!(await services.statuses.isSeenBy(vote.question, vote.actor))) return ignore("it was not asked");
  return async (tx) => ((await services.statuses.takeVote(tx, vote)) ? "voted" : "ignored: the poll is over, or was answered");
}

/** The object as it came with the activity, whose actor vouches for it; else from its own host. */
async function wholeOf({ fediverse }: ReceivingParts, { document }: Received, uri: string): Promise<ApDocument | null> {
  const embedded = firstOf(document["object"]);
  if (isDocument(embedded) && typeOf(embedded) !== "" && embedded["attributedTo"] !== undefined) return embedded;
  const fetched = await fediverse.fetcher.fetch(uri);
  if (fetched.kind === "busy") throw new Error("too much is asked for at the moment: it is tried again");
  return fetched.kind === "document" ? fetched.document : null;
}

/** An actor says that it has changed: what holds is what its own host says now. The pages that it names are looked at, if anybody here follows it. */
async function renewActor({ fediverse, services }: ReceivingParts, uri: string) {
  const found = await fediverse.remote.refetch(uri);
  if (found.kind !== "actor") return ignore("the actor can't be asked");
  const followers = await services.fediverse.listLocalFollowers(uri);
  return async (tx: Tx) => {
    await fediverse.remote.keep(tx, found.actor);
    if (followers.length > 0)
      await emitActivity(tx, { originApp: "federation", actorId: null, type: "Update", object: { type: "Profile", id: uri } });
    return "known anew";
  };
}

/** Something, or somebody, is no more. */
export const receiveDelete: Receiver = async ({ services, fediverse }, { actor, document }) => {
  const uri = uriOf(document["object"]);
  if (uri === null || originOf(uri) !== originOf(actor)) return ignore("it is of another origin than its actor");
  return async (tx) => {
    if (uri !== actor) return (await services.fediverse.deleteDocument(tx, actor, uri)) ? "deleted" : "ignored: not here, or not its own";
    fediverse.remote.forget(actor);
    return (await services.fediverse.forgetActor(tx, actor)) ? "the actor is no more" : "ignored: never known";
  };
};
