import type { Action } from "../../contracts/relations.ts";
import type { Route } from "../http/index.ts";
import { adminOf, someSection } from "./guard.ts";
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

/** GET /admin: who one is here, what one may do, where it is done, and, for those who run it, how the service's parts are. */
export const overview: Route = {
  method: "GET",
  url: "/admin",
  onRequest: someSection,
  async handler(request, reply) {
    const { server } = request;
    const { userId, actions, sections } = adminOf(request);
    const isRunning = actions.includes("see-admin");
    const [parts, roles] = await Promise.all([isRunning ? listParts(server) : [], server.services.relations.listRoles(userId)]);
    return reply.page("admin/overview.html", {
      menu: menuOf(request),
      actions: actions.map((action) => WORDS[action]),
      sections,
      roles: widestRoles(roles, server.appName),
      parts,
    });
  },
};

/** The roles that say most: one for the whole site covers this service's, and admin covers steward, as steward does editor. */
function widestRoles(roles: readonly { role: string; scope: string }[], app: string): string[] {
  const order = ["admin", "steward", "editor"];
  const known = order.map(
    (role) => roles.find((one) => one.role === role && one.scope === "site") ?? roles.find((one) => one.role === role && one.scope === app),
  );
  const [widest] = known.filter((one) => one !== undefined);
  const others = roles.filter(({ role, scope }) => !order.includes(role) && (scope === "site" || scope === app));
  return [...(widest ? [widest] : []), ...others].map(({ role, scope }) => `${role} of ${scope === "site" ? "the whole site" : scope}`);
}
