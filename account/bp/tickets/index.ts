import type { FastifyPluginAsync } from "fastify";
import { giveBackTicket, nameTicket, sendTicket } from "./change.ts";
import { listTickets } from "./list.ts";
import { showQr, showTicket } from "./show.ts";
import { ticketsWorker } from "./worker.ts";

/** Tickets of a member, and of whom they look after; what was seen opens without network. */
export const tickets: FastifyPluginAsync = async (app) => {
  app.route(listTickets);
  app.route(ticketsWorker);
  app.route(showTicket);
  app.route(showQr);
  app.route(sendTicket);
  app.route(giveBackTicket);
  app.route(nameTicket);
};
