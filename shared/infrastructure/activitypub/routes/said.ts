import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { CodedError } from "../../../contracts/errors.ts";
import type { Json } from "../../../contracts/fediverse.ts";
import type { StatusId } from "../../../models/ids.ts";
import type { Route } from "../../http/index.ts";
import { ACTIVITY_CONTEXT, findLive, type PageType, statusDocument, tombstoneOf } from "../documents/index.ts";
import { letRead, sendDocument, wantsDocument } from "./send-document.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** The page's address is that of an object, too: who asks for a document gets it. The route has a parameter :slug, or :id of a status. */
    document?: PageType;
  }
}

const params = z.object({ id: z.string().max(200) });
type SaidRequest = { Params: z.output<typeof params> };

/** Activities by their addresses, and notes that have no page. */
export const saidRoutes: FastifyPluginAsync = async (app) => {
  app.route(showActivity);
  app.route(showObject);
};

const showActivity: Route<SaidRequest> = {
  method: "GET",
  url: "/ap/activities/:id",
  schema: { params },
  async handler(request, reply) {
    await letRead(request);
    const { services, publicUrl, appName } = request.server;
    const activity = await services.fediverse.findSaid(publicUrl(appName, `/ap/activities/${request.params.id}`));
    if (activity === null) throw new CodedError("not-found", "No such activity.");
    return sendDocument(request, reply, activity);
  },
};

const showObject: Route<SaidRequest> = {
  method: "GET",
  url: "/ap/objects/:id",
  schema: { params },
  async handler(request, reply) {
    await letRead(request);
    const { publicUrl, appName } = request.server;
    return sendSaid(request, reply, publicUrl(appName, `/ap/objects/${encodeURIComponent(request.params.id)}`));
  },
};

/** Answers a page's address with the object's document, where that is asked for; false: it is for people, or there is none. */
export async function sendDocumentOfPage(request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
  const type = request.routeOptions.config.document;
  if (type === undefined || request.method !== "GET" || !wantsDocument(request.headers.accept)) return false;
  await letRead(request);
  if (type === "Status") return sendStatus(request, reply).then(() => true);
  const { services, publicUrl, appName, fediverse } = request.server;
  const { slug } = request.params as { slug: string }; // every such route has it
  const url = publicUrl(appName, request.originalUrl.replace(/\?.*$/s, ""));
  const live = await findLive({ services, actors: fediverse.actors, publicUrl }, type, slug);
  if (live === null) {
    await sendSaid(request, reply, url);
    return true;
  }
  const id = (await services.fediverse.findObjectUri(live.source)) ?? url;
  const said = await services.fediverse.findSaidObject(id);
  if (said === null && type === "Product") return false; // the world was never told of it
  if (said?.kind === "withdrawn") return sendSaid(request, reply, id).then(() => true);
  sendDocument(request, reply, withContext(type === "Product" && said !== null ? said.object : live.documentAt(id, url)));
  return true;
}

/** A member's post, if it is for everybody. Throws not-found for any other, also for what is no more and was for some only. */
async function sendStatus(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { services, publicUrl, fediverse } = request.server;
  const id = Number((request.params as { id: unknown }).id) as StatusId; // the route has it, and says what it looks like
  const own = await services.statuses.findOwn(id);
  if (own === null || !["public", "unlisted"].includes(own.visibility)) throw new CodedError("not-found", "There is no such post.");
  if (own.deletedAt !== null) return sendDocument(request, reply.code(410), withContext(tombstoneOf(own.uri, own.type, own.deletedAt)));
  return sendDocument(request, reply, withContext(statusDocument(own, { actors: fediverse.actors, publicUrl })));
}

/** Throws not-found for what was never said; a Tombstone for what was taken back. */
async function sendSaid(request: FastifyRequest, reply: FastifyReply, uri: string): Promise<FastifyReply> {
  const said = await request.server.services.fediverse.findSaidObject(uri);
  if (said === null || (said.kind === "said" && !["public", "unlisted"].includes(said.visibility)))
    throw new CodedError("not-found", "Nothing was said here.");
  if (said.kind === "said") return sendDocument(request, reply, withContext(said.object));
  return sendDocument(request, reply.code(410), withContext(tombstoneOf(uri, said.formerType, said.at)));
}

const withContext = (object: Json): Json => ({ "@context": ACTIVITY_CONTEXT, ...object });
