import type { Action } from "../../contracts/relations.ts";
import type { Route } from "../http/index.ts";
import { adminOf, adminOnly } from "./guard.ts";
import { menuOf } from "./menu.ts";
import { listParts } from "./parts.ts";

const WORDS: Record<Action, string> = {
  "see-admin": "look behind the counter",
  operate: "retry and discard what got stuck",
  "assert-facts": "state facts, and take them back",
  "grant-roles": "give and take roles and rights",
  "read-audit": "read the log of what was done",
  edit: "edit",
};

/** GET /admin: who one is here, what one may do, where it is done, and how the service's parts are. */
export const overview: Route = {
  method: "GET",
  url: "/admin",
  preHandler: adminOnly("see-admin"),
  async handler(request, reply) {
    const { server } = request;
    const { userId, actions } = adminOf(request);
    const [parts, roles] = await Promise.all([listParts(server), server.services.relations.listRoles(userId)]);
    const here = roles.filter(({ scope }) => scope === "site" || scope === server.appName);
    return reply.page("admin/overview.html", {
      menu: menuOf(request),
      actions: actions.map((action) => WORDS[action]),
      sections: server.adminSections.filter(({ action }) => actions.includes(action)),
      roles: here.map(({ role, scope }) => `${role} of ${scope === "site" ? "the whole site" : scope}`),
      parts,
    });
  },
};
