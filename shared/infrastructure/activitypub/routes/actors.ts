import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { GoneActor } from "../../../contracts/erasures.ts";
import { CodedError } from "../../../contracts/errors.ts";
import type { Json } from "../../../contracts/fediverse.ts";
import type { App } from "../../../models/apps.ts";
import type { UserId } from "../../../models/ids.ts";
import type { Route } from "../../http/index.ts";
import { type LocalActor, pemOf } from "../actors/index.ts";
import { ACTOR_CONTEXT, actorDocument, escapeHtml, type Face, faceOf } from "../documents/index.ts";
import { letRead, sendDocument } from "./send-document.ts";

const NAMES: Record<App, string> = {
  blog: "Journal",
  market: "Shop",
  cart: "Checkout",
  events: "Calendar",
  federation: "Community",
  account: "Members",
};

export const memberParams = z.object({ handle: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/) });
export type MemberRequest = { Params: z.output<typeof memberParams> };

/** The actors that live on this host. */
export const actorRoutes: FastifyPluginAsync = async (app) => {
  app.get("/ap/actor", { handler: (request, reply) => sendActor(request, reply, app.fediverse.actors.ofApp(app.appName)) });
  if (app.appName !== "federation") return;
  // nobody is asked to sign for it: it is what signatures are verified by
  app.get("/ap/instance", {
    handler: async (request, reply) => sendDocument(request, reply, await actorDocumentOf(app, app.fediverse.actors.instance)),
  });
  app.route(showMember);
};

const showMember: Route<MemberRequest> = {
  method: "GET",
  url: "/ap/members/:handle",
  schema: { params: memberParams },
  handler: (request, reply) => sendActor(request, reply, request.server.fediverse.actors.ofMember(request.params.handle)),
};

async function sendActor(request: FastifyRequest, reply: FastifyReply, actor: LocalActor): Promise<FastifyReply> {
  await letRead(request);
  const gone = actor.kind === "member" ? await request.server.services.erasures.findGone(actor.name) : null;
  if (gone !== null) return sendDocument(request, reply.code(410), await tombstoneOfMember(request.server, actor, gone));
  return sendDocument(request, reply, await actorDocumentOf(request.server, actor));
}

/** With its key while its goodbye is on the way, for servers that have to look it up. */
async function tombstoneOfMember({ fediverse }: FastifyInstance, actor: LocalActor, { erasedAt, userId }: GoneActor): Promise<Json> {
  const keys = userId === null ? null : await fediverse.keysOf(actor);
  const publicKey = keys && { publicKey: { id: keys.rsa.id, owner: actor.uri, publicKeyPem: pemOf(keys.rsa) } };
  return {
    "@context": ACTOR_CONTEXT,
    id: actor.uri,
    type: "Tombstone",
    formerType: "Person",
    deleted: erasedAt.toISOString(),
    ...publicKey,
  };
}

/** An actor of ours as the world knows it. Throws not-found for a member who is none, or does not show themselves. */
export async function actorDocumentOf(app: FastifyInstance, actor: LocalActor): Promise<Json> {
  const [face, keys] = await Promise.all([faceOfActor(app, actor), app.fediverse.keysOf(actor)]);
  if (face === null || keys === null) throw new CodedError("not-found", "Nobody is here.");
  return actorDocument(app.fediverse.actors, actor, face, keys);
}

async function faceOfActor({ services, publicUrl, runtime }: FastifyInstance, actor: LocalActor): Promise<Face | null> {
  const at = (path: string) => publicUrl(actor.app, path);
  if (actor.kind === "member") {
    const person = await services.identity.findPublicPerson(actor.name);
    return person && faceOf(person, await linesOf(services, person.userId), at);
  }
  const { name, tagline } = runtime.site;
  const isInstance = actor.kind === "instance";
  return {
    ...{ type: isInstance ? "Application" : "Service", name: isInstance ? name : `${name} · ${NAMES[actor.app]}`, url: at("/") },
    ...{ summary: `<p>${escapeHtml(tagline)}</p>`, icon: null, since: null, isLocked: isInstance, isShown: !isInstance },
    ...{ fields: [], alsoKnownAs: [], movedTo: null },
  };
}

/** The lines of a member's profile, and before them their pronouns, where they say them and no line does. */
async function linesOf({ people, members }: FastifyInstance["services"], userId: UserId) {
  const [{ fields }, { pronouns }] = await Promise.all([people.findOwnProfile(userId), members.getProfile(userId)]);
  const isSaid = fields.some(({ name }) => name.toLowerCase() === "pronouns");
  return pronouns === "" || isSaid ? fields : [{ name: "Pronouns", value: pronouns }, ...fields];
}
