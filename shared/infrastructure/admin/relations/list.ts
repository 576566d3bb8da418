import type { Route } from "../../http/index.ts";
import { adminOf, adminOnly } from "../guard.ts";
import { menuOf } from "../menu.ts";

/** GET /admin/relations: the relations of this service and the shared ones. */
export const listRelations: Route = {
  method: "GET",
  url: "/admin/relations",
  onRequest: adminOnly("see-admin"),
  async handler(request, reply) {
    const { relations: service } = request.server.services;
    const relations = await service.listRelations(adminOf(request).userId);
    const isShared = ({ fullName }: { fullName: string }) => fullName.startsWith("shared.");
    const groups = [
      { id: "own", title: "Of this service", relations: relations.filter((relation) => !isShared(relation)) },
      { id: "shared", title: "Of every service", relations: relations.filter(isShared) },
    ];
    return reply.page("admin/relations/list.html", {
      menu: menuOf(request),
      groups: groups.filter((group) => group.relations.length > 0),
      health: service.getHealth(),
    });
  },
};
