import type { FastifyPluginAsync } from "fastify";
import { noteDues, takeBackDues } from "./dues.ts";
import { listMembers } from "./list.ts";
import { changeRole } from "./roles.ts";
import { showMember, showMemberWhy } from "./show.ts";

/** Members, as stewards see them. */
export const membersAdmin: FastifyPluginAsync = async (app) => {
  app.adminSections.push({
    path: "/admin/members",
    name: "Members",
    detail: "Who is a member, in which groups, how their dues stand, and what they may do, with the reasons.",
    action: "operate",
  });
  app.route(listMembers);
  app.route(showMember);
  app.route(showMemberWhy);
  app.route(noteDues);
  app.route(takeBackDues);
  app.route(changeRole);
};
