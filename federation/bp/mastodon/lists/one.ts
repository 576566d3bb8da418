import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { readName } from "../../lists/list.ts";
import { member, memberReader } from "../access.ts";
import { invalid } from "../errors.ts";
import { readParams } from "../params.ts";
import { titleParams } from "./all.ts";
import { listEntity } from "./entity.ts";
import { type ListRequest, listParams } from "./params.ts";

const [url, schema] = ["/api/v1/lists/:id", { params: listParams }];

/** GET, PUT and DELETE /api/v1/lists/:id: one of the member's; anybody else's is not found. */
export const showList: Route<ListRequest> = {
  ...{ method: "GET", url, schema, config: member("read:lists") },
  handler: async (request, reply) =>
    reply.send(listEntity(await request.server.services.people.getList(memberReader(request).userId, request.params.id))),
};

export const renameList: Route<ListRequest> = {
  ...{ method: "PUT", url, schema, config: member("write:lists") },
  async handler(request, reply) {
    const { userId } = memberReader(request);
    const { id } = request.params;
    const { services, transaction } = request.server;
    const name = readName((await readParams(request, titleParams)).title);
    if (name === null) throw invalid("Title has at most 80 letters, and can't be blank");
    if ((await transaction((tx) => services.people.renameList(tx, userId, id, name))) === "taken")
      throw invalid("Title is that of another list");
    return reply.send(listEntity({ id, name }));
  },
};

export const removeList: Route<ListRequest> = {
  ...{ method: "DELETE", url, schema, config: member("write:lists") },
  async handler(request, reply) {
    const { userId } = memberReader(request);
    const { services, transaction } = request.server;
    await transaction((tx) => services.people.removeList(tx, userId, request.params.id));
    return reply.send({});
  },
};
