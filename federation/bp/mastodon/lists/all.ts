import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";
import { MOST_LISTS, readName } from "../../lists/list.ts";
import { member, memberReader } from "../access.ts";
import { invalid } from "../errors.ts";
import { readParams, text } from "../params.ts";
import { listEntity } from "./entity.ts";

/** GET /api/v1/lists: the member's own. */
export const listLists: Route = {
  method: "GET",
  url: "/api/v1/lists",
  config: member("read:lists"),
  handler: async (request, reply) =>
    reply.send((await request.server.services.people.listLists(memberReader(request).userId)).map(listEntity)),
};

export const titleParams = z.object({ title: text(10_000) });

/** POST /api/v1/lists */
export const createList: Route = {
  method: "POST",
  url: "/api/v1/lists",
  config: member("write:lists"),
  async handler(request, reply) {
    const { userId } = memberReader(request);
    const { people } = request.server.services;
    const name = readName((await readParams(request, titleParams)).title);
    if (name === null) throw invalid("Title has at most 80 letters, and can't be blank");
    if ((await people.listLists(userId)).length >= MOST_LISTS) throw invalid(`${MOST_LISTS} lists are as many as there can be`);
    const id = await request.server.transaction((tx) => people.makeList(tx, userId, name));
    if (id === null) throw invalid("Title is that of another list");
    return reply.send(listEntity({ id, name }));
  },
};
