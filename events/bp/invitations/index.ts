import type { FastifyPluginAsync } from "fastify";
import { answerInvitation, showInvitation } from "./answer.ts";
import { inviteGuests, listGuests, takeGuestOut } from "./guests.ts";

/** Asking people to come, and their answers. */
export const invitations: FastifyPluginAsync = async (app) => {
  app.route(listGuests);
  app.route(inviteGuests);
  app.route(takeGuestOut);
  app.route(showInvitation);
  app.route(answerInvitation);
};
