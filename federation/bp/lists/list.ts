import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { VISIBLE_TEXT } from "@rose-ash/shared/infrastructure/visible-text.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { peoplePage } from "../people-page.ts";
import { memberOf } from "../settings/member.ts";

export const MOST_LISTS = 50;
export const nameBody = z.object({ name: z.string().max(10_000) });
export type NameBody = z.output<typeof nameBody>;

/** The name of a list as it was typed; null: nobody could see it, or not all of it. */
export function readName(typed: string): string | null {
  const name = typed.trim();
  return name.length >= 1 && name.length <= 80 && VISIBLE_TEXT.test(name) ? name : null;
}

/** GET /lists: the member's lists, and a field for a new one. */
export const listLists: Route = {
  method: "GET",
  url: "/lists",
  handler: (request, reply) => listsPage(request, reply, { name: "", error: "" }),
};

/** POST /lists: a new one. */
export const makeList: Route<{ Body: NameBody }> = {
  method: "POST",
  url: "/lists",
  schema: { body: nameBody },
  async handler(request, reply) {
    const { userId } = memberOf(request);
    const { services, transaction } = request.server;
    const name = readName(request.body.name);
    const again = (error: string) => listsPage(request, reply.code(422), { name: request.body.name, error });
    if (name === null) return again("A list has a name of at most 80 letters.");
    if ((await services.people.listLists(userId)).length >= MOST_LISTS) return again(`${MOST_LISTS} lists are as many as there can be.`);
    const id = await transaction((tx) => services.people.makeList(tx, userId, name));
    return id === null ? again("You have a list of that name.") : reply.redirect(withNotice(`/lists/${id}/people`, "list-made"), 303);
  },
};

async function listsPage(request: FastifyRequest, reply: FastifyReply, tried: { name: string; error: string }) {
  const lists = await request.server.services.people.listLists(memberOf(request).userId);
  return peoplePage(reply, "Lists", "lists/list.html", { lists, ...tried });
}
