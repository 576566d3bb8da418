import type { FastifyPluginAsync } from "fastify";
import { joinWaiting, joinWaitingOfTime, takeTickets, takeTicketsOfTime } from "./take.ts";
import { downloadPass, downloadTicket, giveBackPart, giveBackTicket, sendTicket, showQr, showTicket } from "./ticket.ts";
import { acceptOffer, leaveWaiting, showWait } from "./waiting.ts";

/** Tickets: taking and holding them, and waiting for one. */
export const tickets: FastifyPluginAsync = async (app) => {
  app.route(takeTickets);
  app.route(takeTicketsOfTime);
  app.route(joinWaiting);
  app.route(joinWaitingOfTime);
  app.route(showWait);
  app.route(acceptOffer);
  app.route(leaveWaiting);
  app.route(showTicket);
  app.route(showQr);
  app.route(downloadTicket);
  app.route(downloadPass);
  app.route(sendTicket);
  app.route(giveBackTicket);
  app.route(giveBackPart);
};
