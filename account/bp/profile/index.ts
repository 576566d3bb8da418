import type { FastifyPluginAsync } from "fastify";
import { membersOnly } from "../member.ts";
import { saveProfile } from "./save.ts";
import { showProfile } from "./show.ts";

/** What a member says about themselves. */
export const profile: FastifyPluginAsync = async (app) => {
  membersOnly(app);
  app.route(showProfile);
  app.route(saveProfile);
};
