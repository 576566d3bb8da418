import { randomUUID } from "node:crypto";
import type { Statement } from "@rose-ash/shared/contracts/fediverse.ts";
import { ACTIVITY_CONTEXT, findActorByName, type LocalActor } from "@rose-ash/shared/infrastructure/activitypub/index.ts";
import type { FastifyInstance } from "fastify";

/** What became of it. asked: the other side is to answer; followed: it is followed already. */
export type Following =
  | { readonly kind: "asked"; readonly uri: string }
  | { readonly kind: "followed"; readonly uri: string }
  | { readonly kind: "not-found"; readonly reason: string }
  | { readonly kind: "refused"; readonly reason: "suspended" | "ours" };

/** One of ours asks to follow whom people call by this name or address. Who refused before is asked again. */
export async function follow(app: FastifyInstance, follower: LocalActor, name: string): Promise<Following> {
  const { fediverse, services, transaction } = app;
  const { outside, remote, gate } = fediverse;
  const found = await findActorByName({ outside, remote, takesPlainHttp: gate.takesPlainHttp }, name);
  if (found.kind !== "actor") return { kind: "not-found", reason: found.kind === "failed" ? found.reason : found.kind };
  const { actor } = found;
  if (fediverse.actors.isOurs(actor.uri)) return { kind: "refused", reason: "ours" };
  if (await services.fediverse.isSuspended(actor.host)) return { kind: "refused", reason: "suspended" };
  const known = await services.fediverse.findFollow(follower.uri, actor.uri);
  if (known?.state === "accepted") return { kind: "followed", uri: actor.uri };
  const uri = activityUri(app, follower, "follow");
  const document = { type: "Follow", actor: follower.uri, object: actor.uri };
  await transaction(async (tx) => {
    await remote.keep(tx, actor);
    await services.fediverse.askToFollow(tx, { follower: follower.uri, followed: actor.uri, activity: uri });
    await services.fediverse.say(tx, statementOf(follower, actor.uri, { uri, type: "Follow", object: uri, document }));
  });
  return { kind: "asked", uri: actor.uri };
}

/** One of ours follows somebody no more, or no longer asks to. False: it did not. */
export async function unfollow(app: FastifyInstance, follower: LocalActor, followed: string): Promise<boolean> {
  const { services, transaction } = app;
  return transaction(async (tx) => {
    const removed = await services.fediverse.removeFollow(tx, follower.uri, followed);
    if (removed === null) return false;
    const uri = activityUri(app, follower, "undo");
    const object = { id: removed.activity, type: "Follow", actor: follower.uri, object: followed };
    const document = { type: "Undo", actor: follower.uri, object };
    await services.fediverse.say(tx, statementOf(follower, followed, { uri, type: "Undo", object: removed.activity, document }));
    return true;
  });
}

const activityUri = (app: FastifyInstance, actor: LocalActor, kind: string) =>
  app.publicUrl(actor.app, `/ap/activities/${kind}-${randomUUID()}`);

function statementOf(
  actor: LocalActor,
  to: string,
  { uri, type, object, document }: Pick<Statement, "uri" | "type" | "object" | "document">,
): Statement {
  return {
    ...{ uri, type, object, app: actor.app, actor: actor.uri, document: { "@context": ACTIVITY_CONTEXT, id: uri, to: [to], ...document } },
    ...{ visibility: "direct", isListed: false, isForFollowers: false, to: [to], activityId: null, source: null },
  };
}
