import type { Activity } from "@rose-ash/shared/contracts/activities.ts";
import type { Tx } from "@rose-ash/shared/contracts/tx.ts";
import { type ActivityHandler, forgetPerson } from "@rose-ash/shared/infrastructure/activities/index.ts";
import { ACTIVITY_CONTEXT, PUBLIC, withProof } from "@rose-ash/shared/infrastructure/activitypub/index.ts";
import type { ErasureId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyInstance } from "fastify";

/**
 * A member is erased. Their actor says goodbye first, in the same transaction: a Delete of itself, to who follows it, whom it follows
 * and whom it spoke with, by which other servers remove all that they have of it. It is signed as it is delivered, by keys that stay until then.
 */
export const forgetMember = (app: FastifyInstance): ActivityHandler => {
  const part = forgetPerson("federation", app.services);
  return {
    ...part,
    async handle(tx: Tx, activity: Activity) {
      const { services, fediverse } = app;
      const farewell = await services.erasures.findFarewell(tx, Number(activity.object.id) as ErasureId);
      const gone = farewell === null ? null : await services.erasures.findGone(farewell.handle);
      if (farewell !== null && gone !== null) {
        const actor = fediverse.actors.ofMember(farewell.handle);
        const keys = await fediverse.keysOf(actor);
        const uri = `${actor.uri}#delete`;
        const document = { "@context": ACTIVITY_CONTEXT, id: uri, type: "Delete", actor: actor.uri, to: [PUBLIC], object: actor.uri };
        await services.fediverse.say(tx, {
          ...{ uri, app: "federation", actor: actor.uri, type: "Delete", object: actor.uri, visibility: "public", isListed: false },
          document: keys === null ? document : withProof(document, keys.ed25519, activity.publishedAt),
          ...{ isForFollowers: true, to: farewell.to, activityId: activity.id, source: null },
        });
      }
      await part.handle(tx, activity);
    },
  };
};
