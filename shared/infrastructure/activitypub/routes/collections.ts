import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { CodedError } from "../../../contracts/errors.ts";
import type { CollectionPage, Json } from "../../../contracts/fediverse.ts";
import { COLLECTIONS, type CollectionName, type LocalActor } from "../actors/index.ts";
import { AS } from "../documents/index.ts";
import { findReader } from "../gate/index.ts";
import { memberParams } from "./actors.ts";
import { messageOf } from "./message-of.ts";
import { letRead, sendDocument } from "./send-document.ts";

const query = z.object({ page: z.coerce.number().int().min(1).max(100_000).optional() });
type CollectionRequest = { Querystring: z.output<typeof query> };

/** Outbox, followers, following, liked and featured of each actor of this host, in pages. */
export const collectionRoutes: FastifyPluginAsync = async (app) => {
  const { actors } = app.fediverse;
  for (const name of COLLECTIONS) {
    const schema = { querystring: query };
    app.get<CollectionRequest>(`/ap/${name}`, { schema }, (request, reply) =>
      sendCollection(request, reply, { actor: actors.ofApp(app.appName), name, page: request.query.page ?? null }),
    );
    if (app.appName === "federation")
      app.get<CollectionRequest & { Params: z.output<typeof memberParams> }>(
        `/ap/members/:handle/${name}`,
        { schema: { ...schema, params: memberParams } },
        async (request, reply) => {
          const person = await app.services.identity.findPublicPerson(request.params.handle);
          if (person === null) throw new CodedError("not-found", "Nobody is here.");
          return sendCollection(request, reply, { actor: actors.ofMember(person.handle), name, page: request.query.page ?? null });
        },
      );
  }
  app.get("/ap/followers/synchronise", sendFollowersOfReader);
};

interface Wanted {
  readonly actor: LocalActor;
  readonly name: CollectionName;
  readonly page: number | null;
}

async function sendCollection(request: FastifyRequest, reply: FastifyReply, { actor, name, page }: Wanted): Promise<FastifyReply> {
  await letRead(request);
  const id = request.server.fediverse.actors.collectionOf(actor, name);
  const { fediverse, statuses } = request.server.services;
  const featured = name === "featured" ? await statuses.listFeatured(actor.uri) : [];
  const count = () =>
    name === "featured"
      ? Promise.resolve(featured.length)
      : name === "outbox"
        ? fediverse.countOutbox(actor.uri)
        : fediverse.countMembers(actor.uri, name);
  if (page === null) {
    const pages = { first: `${id}?page=1` };
    return sendDocument(request, reply, { "@context": AS, id, type: "OrderedCollection", totalItems: await count(), ...pages });
  }
  const { items, isLast }: CollectionPage<string | Json> =
    name === "featured"
      ? { items: page === 1 ? featured : [], isLast: true }
      : name === "outbox"
        ? await fediverse.listOutbox(actor.uri, page)
        : await fediverse.listMembers(actor.uri, name, page);
  const around = { ...(isLast ? {} : { next: `${id}?page=${page + 1}` }), ...(page === 1 ? {} : { prev: `${id}?page=${page - 1}` }) };
  const orderedItems = items.map((item) => (typeof item === "string" ? item : withoutContext(item)));
  return sendDocument(request, reply, {
    "@context": AS,
    id: `${id}?page=${page}`,
    type: "OrderedCollectionPage",
    partOf: id,
    ...around,
    orderedItems,
  });
}

const withoutContext = ({ "@context": _, ...item }: Json): Json => item;

/** FEP-8fcf: of the followers those on the host that asks, which signs for it. */
async function sendFollowersOfReader(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { fediverse, services, appName } = request.server;
  const reader = await findReader(fediverse.gate, messageOf(request));
  if (reader.kind === "refused") throw new CodedError(reader.code, `Nothing is shown: ${reader.reason}.`);
  const actor = fediverse.actors.ofApp(appName);
  const items = await services.fediverse.listFollowersOn(actor.uri, reader.actor.host);
  const id = `${fediverse.actors.collectionOf(actor, "followers")}/synchronise`;
  reply.header("cache-control", "private, no-store");
  return sendDocument(request, reply, { "@context": AS, id, type: "OrderedCollection", orderedItems: [...items] });
}
