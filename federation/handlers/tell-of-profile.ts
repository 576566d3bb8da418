import type { ActivityHandler } from "@rose-ash/shared/infrastructure/activities/index.ts";
import { ACTIVITY_CONTEXT, actorDocumentOf, PUBLIC } from "@rose-ash/shared/infrastructure/activitypub/index.ts";
import type { FastifyInstance } from "fastify";

/** A member changed how they show themselves: the servers of who follows them are told so. */
export const tellOfProfile = (app: FastifyInstance): ActivityHandler => ({
  name: "federation.tell-of-profile",
  kind: "transaction",
  atOnce: 2,
  async handle(tx, { id, object: { id: actor } }) {
    const { fediverse, services, publicUrl } = app;
    const own = fediverse.actors.find(actor);
    if (own?.kind !== "member" || (await services.identity.findPublicPerson(own.name)) === null) return;
    const { "@context": _, ...object } = await actorDocumentOf(app, own);
    const uri = publicUrl(own.app, `/ap/activities/${id}`);
    const addressed = { to: [PUBLIC], cc: [fediverse.actors.collectionOf(own, "followers")] };
    await services.fediverse.say(tx, {
      ...{ uri, app: own.app, actor: own.uri, type: "Update", object: own.uri, visibility: "unlisted", isListed: false },
      document: { "@context": ACTIVITY_CONTEXT, id: uri, type: "Update", actor: own.uri, ...addressed, object },
      ...{ isForFollowers: true, to: [], activityId: id, source: null },
    });
  },
});
