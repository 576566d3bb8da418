import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { localPath } from "@rose-ash/shared/infrastructure/local-path.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { PeopleListId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { peoplePage } from "../people-page.ts";
import { memberOf } from "../settings/member.ts";
import { type NameBody, nameBody, readName } from "./list.ts";

const params = z.object({
  id: z.coerce
    .number()
    .int()
    .min(1)
    .max(Number.MAX_SAFE_INTEGER)
    .transform((id) => id as PeopleListId),
});
type Params = z.output<typeof params>;
const personBody = z.object({ uri: z.string().max(1000), next: z.string().max(2000).optional() });
type PersonBody = z.output<typeof personBody>;

/** GET /lists/:id/people: who is in a list of the member's, and whom they follow besides. */
export const showList: Route<{ Params: Params }> = {
  method: "GET",
  url: "/lists/:id/people",
  schema: { params },
  handler: (request, reply) => listPage(request, reply, request.params.id, { name: null, error: "" }),
};

export const renameList: Route<{ Params: Params; Body: NameBody }> = {
  method: "POST",
  url: "/lists/:id/name",
  schema: { params, body: nameBody },
  async handler(request, reply) {
    const { userId } = memberOf(request);
    const { id } = request.params;
    const { services, transaction } = request.server;
    const name = readName(request.body.name);
    const again = (error: string) => listPage(request, reply.code(422), id, { name: request.body.name, error });
    if (name === null) return again("A list has a name of at most 80 letters.");
    const done = await transaction((tx) => services.people.renameList(tx, userId, id, name));
    return done === "taken" ? again("You have a list of that name.") : reply.redirect(withNotice(`/lists/${id}/people`, "saved"), 303);
  },
};

export const removeList: Route<{ Params: Params }> = {
  method: "POST",
  url: "/lists/:id/end",
  schema: { params },
  async handler(request, reply) {
    const { userId } = memberOf(request);
    const { services, transaction } = request.server;
    await transaction((tx) => services.people.removeList(tx, userId, request.params.id));
    return reply.redirect(withNotice("/lists", "list-removed"), 303);
  },
};

export const addToList: Route<{ Params: Params; Body: PersonBody }> = {
  method: "POST",
  url: "/lists/:id/people",
  schema: { params, body: personBody },
  async handler(request, reply) {
    const { userId } = memberOf(request);
    const { id } = request.params;
    const { services, transaction } = request.server;
    const isDone = await transaction((tx) => services.people.addToList(tx, userId, id, request.body.uri));
    return reply.redirect(
      withNotice(localPath(request.body.next, `/lists/${id}/people`), isDone ? "list-joined" : "list-follow-first"),
      303,
    );
  },
};

export const removeFromList: Route<{ Params: Params; Body: PersonBody }> = {
  method: "POST",
  url: "/lists/:id/people/end",
  schema: { params, body: personBody },
  async handler(request, reply) {
    const { userId } = memberOf(request);
    const { id } = request.params;
    const { services, transaction } = request.server;
    await transaction((tx) => services.people.removeFromList(tx, userId, id, request.body.uri));
    return reply.redirect(withNotice(`/lists/${id}/people`, "list-left"), 303);
  },
};

async function listPage(
  request: FastifyRequest,
  reply: FastifyReply,
  id: PeopleListId,
  { name, error }: { name: string | null; error: string },
): Promise<FastifyReply> {
  const { userId, handle } = memberOf(request);
  const { services, fediverse } = request.server;
  const list = await services.people.getList(userId, id);
  const following = await services.people.listFollowing(fediverse.actors.ofMember(handle).uri, 1);
  const inIt = new Set(list.people.map(({ uri }) => uri));
  const others = following.filter(({ uri, state }) => !inIt.has(uri) && state !== "refused");
  return peoplePage(reply, "Lists", "lists/people.html", { list, others, name: name ?? list.name, error });
}
