import type { FastifyPluginAsync } from "fastify";
import { invite, listInvitations, revokeInvitation } from "./invitations.ts";
import { saveJoining, showJoining } from "./joining.ts";
import { saveLook, showLook } from "./look.ts";
import { chooseLogo } from "./pictures.ts";
import { decideRequest, listRequests } from "./requests.ts";
import { saveRetention, showRetention } from "./retention.ts";
import { listTexts, publishText, showText } from "./texts.ts";

/** What stewards set for the whole site. */
export const siteAdmin: FastifyPluginAsync = async (app) => {
  app.adminSections.push({
    path: "/admin/site",
    name: "The house",
    detail: "The site’s name and look, who may join, its imprint and terms, and how long things stay.",
    action: "operate",
  });
  app.route(showLook);
  app.route(saveLook);
  app.route(chooseLogo);
  app.route(showJoining);
  app.route(saveJoining);
  app.route(listRequests);
  app.route(decideRequest);
  app.route(listInvitations);
  app.route(invite);
  app.route(revokeInvitation);
  app.route(listTexts);
  app.route(showText);
  app.route(publishText);
  app.route(showRetention);
  app.route(saveRetention);
};
