import type { FastifyPluginAsync } from "fastify";
import { decideAppeal, listAppeals } from "./appeals.ts";
import { closeReport } from "./close-report.ts";
import { closeThread } from "./close-thread.ts";
import { decideComments } from "./decide-comments.ts";
import { liftLimit, limitPerson } from "./limit.ts";
import { listModeration } from "./list.ts";
import { listPeople } from "./people.ts";
import { listReports } from "./reports.ts";
import { saveRules, showRules } from "./rules.ts";

/** What stewards are asked to look at, and what they decide. */
export const moderationAdmin: FastifyPluginAsync = async (app) => {
  app.adminSections.push({
    path: "/admin/moderation",
    name: "Moderation",
    detail: "Comments that wait, what was reported, who is silenced or suspended, and who asks for another look.",
    action: "operate",
  });
  app.route(listModeration);
  app.route(decideComments);
  app.route(closeThread);
  app.route(listReports);
  app.route(closeReport);
  app.route(listPeople);
  app.route(limitPerson);
  app.route(liftLimit);
  app.route(listAppeals);
  app.route(decideAppeal);
  app.route(showRules);
  app.route(saveRules);
};
