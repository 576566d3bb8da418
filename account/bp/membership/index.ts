import type { FastifyPluginAsync } from "fastify";
import { joinGroup } from "./join-group.ts";
import { askToLeave, leaveGroup } from "./leave.ts";
import { payDues } from "./pay.ts";
import { showMembership } from "./show.ts";
import { showWhy } from "./why.ts";

/** A member's groups, dues, roles and rights. */
export const membership: FastifyPluginAsync = async (app) => {
  app.route(showMembership);
  app.route(showWhy);
  app.route(joinGroup);
  app.route(askToLeave);
  app.route(leaveGroup);
  app.route(payDues);
};
