import { ACTIONS } from "../../contracts/relations.ts";
import type { Route } from "../http/index.ts";
import { adminOnly } from "./guard.ts";

/** GET /admin: who one is here, what one may do, and where it is done. */
export const overview: Route = {
  method: "GET",
  url: "/admin",
  preHandler: adminOnly("see-admin"),
  async handler(request, reply) {
    const { viewer, server } = request;
    const { services, appName, adminSections } = server;
    const asked = viewer.kind === "member" ? ACTIONS : [];
    const answers = await Promise.all(
      asked.map((action) => viewer.kind === "member" && services.relations.may(viewer.userId, action, appName)),
    );
    const actions = asked.filter((_, index) => answers[index]);
    const sections = adminSections.filter(({ action }) => actions.includes(action));
    return reply.page("admin/overview.html", { actions, sections });
  },
};
