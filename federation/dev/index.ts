import type { FastifyPluginAsync } from "fastify";
import { showAttachment, showMail, showMailbox, showMailHtml } from "./mailbox.ts";
import { signInAs } from "./sign-in-as.ts";

/** The doors of development. Only app.ts imports this folder, when it may; images do not contain it. */
export const developmentDoors: FastifyPluginAsync = async (app) => {
  app.route(showMailbox);
  app.route(showMail);
  app.route(showMailHtml);
  app.route(showAttachment);
  app.route(signInAs);
};
