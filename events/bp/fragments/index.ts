import type { FastifyPluginAsync } from "fastify";
import { calendarMonth } from "./calendar-month.ts";
import { containerNav } from "./container-nav.ts";
import { digestEntries } from "./digest-entries.ts";
import { entryCard } from "./entry-card.ts";
import { nextEntries } from "./next-entries.ts";
import { ticketBox } from "./ticket-box.ts";
import { makeTicketPapers } from "./ticket-papers.ts";

/** What events shows on the pages of others. */
export const fragments: FastifyPluginAsync = async (app) => {
  app.ownFragment(digestEntries);
  app.ownFragment(nextEntries);
  app.ownFragment(ticketBox);
  app.ownFragment(makeTicketPapers(() => app.makePass !== null));
  app.ownFragment(calendarMonth);
  app.ownFragment(entryCard);
  app.ownFragment(containerNav);
};
