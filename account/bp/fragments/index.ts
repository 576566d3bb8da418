import type { FastifyPluginAsync } from "fastify";
import { authMenu } from "./auth-menu.ts";
import { greeting } from "./greeting.ts";
import { myTickets } from "./my-tickets.ts";
import { newsletterBox, ownNewsletterBox } from "./newsletter-box.ts";

/** What account shows on the pages of others. */
export const fragments: FastifyPluginAsync = async (app) => {
  app.ownFragment(authMenu);
  app.ownFragment(greeting);
  app.ownFragment(myTickets);
  app.ownFragment(newsletterBox);
  app.ownFragment(ownNewsletterBox);
};
