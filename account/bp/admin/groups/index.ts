import type { FastifyPluginAsync } from "fastify";
import { createGroup, listGroups } from "./list.ts";
import { archiveGroup, endMembership, putIntoGroup } from "./people.ts";
import { changeGroupRole } from "./roles.ts";
import { saveGroup, showGroup } from "./show.ts";

/** Groups, as stewards keep them. */
export const groupsAdmin: FastifyPluginAsync = async (app) => {
  app.adminSections.push({
    path: "/admin/groups",
    name: "Groups",
    detail: "Groups of members: how one gets in, what is paid there, which roles they give, and who asks.",
    action: "operate",
  });
  app.route(listGroups);
  app.route(createGroup);
  app.route(showGroup);
  app.route(saveGroup);
  app.route(changeGroupRole);
  app.route(putIntoGroup);
  app.route(endMembership);
  app.route(archiveGroup);
};
