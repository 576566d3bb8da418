import { emitActivity } from "@rose-ash/shared/infrastructure/activities/index.ts";
import { ACTIVITY_CONTEXT, type LocalActor, PUBLIC } from "@rose-ash/shared/infrastructure/activitypub/index.ts";
import type { UserId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyInstance } from "fastify";
import { followInstead, isKnownAs } from "../following/follow-instead.ts";
import { findAnybody } from "./find-anybody.ts";
import { activityUri } from "./statement.ts";

/** moved: whoever follows is told, and asked to follow them there. unknown: the other account does not name this one. lately: a month has not passed. */
export type MovingAway = { readonly kind: "moved" | "not-found" | "unknown" | "lately" | "ours" };

/** A member goes to another server, where the account that is named must say already that it is this one, too (alsoKnownAs). */
export async function moveAway(app: FastifyInstance, own: LocalActor & { userId: UserId }, name: string): Promise<MovingAway> {
  const { services, transaction, fediverse, publicUrl } = app;
  const found = await findAnybody(app, name);
  if (found.kind === "member" || found.kind === "service") return { kind: "ours" };
  if (found.kind !== "elsewhere") return { kind: "not-found" };
  const asked = await fediverse.remote.refetch(found.actor.uri); // as it is now
  if (asked.kind !== "actor") return { kind: "not-found" };
  const target = asked.actor.uri;
  if (!isKnownAs(asked.actor.document["alsoKnownAs"], own.uri)) return { kind: "unknown" };
  const followers = (await services.fediverse.listLocalFollowers(own.uri)).filter(({ state }) => state !== "refused");
  const people = await Promise.all(followers.map(({ follower }) => withUserId(app, fediverse.actors.find(follower))));
  return transaction(async (tx): Promise<MovingAway> => {
    await fediverse.remote.keep(tx, asked.actor);
    if (!(await services.people.moveAway(tx, own.userId, target))) return { kind: "lately" };
    const uri = activityUri(publicUrl, own, "move");
    await services.fediverse.say(tx, {
      ...{
        uri,
        app: own.app,
        actor: own.uri,
        type: "Move",
        object: own.uri,
        visibility: "unlisted",
        isListed: false,
        isForFollowers: true,
      },
      document: {
        "@context": ACTIVITY_CONTEXT,
        ...{ id: uri, type: "Move", actor: own.uri, object: own.uri, target, to: [PUBLIC] },
        cc: [fediverse.actors.collectionOf(own, "followers")],
      },
      ...{ to: [], activityId: null, source: null },
    });
    for (const [index, local] of people.entries())
      if (local !== null)
        await followInstead(app, tx, local, { from: own.uri, to: target, member: null, name: `${uri.split("/").at(-1)}-${index}` });
    await emitActivity(tx, { originApp: "federation", actorId: own.userId, type: "Update", object: { type: "Profile", id: own.uri } });
    return { kind: "moved" };
  });
}

/** A local actor with the member behind it; null: it is no member. */
export async function withUserId({ services }: Pick<FastifyInstance, "services">, actor: LocalActor | null) {
  if (actor === null) return null;
  const userId = actor.kind === "member" ? ((await services.identity.findPublicPerson(actor.name))?.userId ?? null) : null;
  return { ...actor, userId };
}
