import { type ActivityHandler, forgetPerson } from "@rose-ash/shared/infrastructure/activities/index.ts";
import { openMailer } from "@rose-ash/shared/infrastructure/mail/index.ts";
import type { FastifyInstance } from "fastify";
import { mailProposals } from "./mail-proposals.ts";
import { mailTickets } from "./mail-tickets.ts";
import { sendInvitations } from "./send-invitations.ts";
import { settleBookings } from "./settle-bookings.ts";
import { settleTickets } from "./settle-tickets.ts";
import { tellHolders } from "./tell-holders.ts";
import { tellOfBookings } from "./tell-of-bookings.ts";
import { tellOfPlacing } from "./tell-of-placing.ts";

/** What events does about activities. */
export function makeHandlers(app: FastifyInstance): readonly ActivityHandler[] {
  const mailer = openMailer(app.runtime.config, app.runtime.clock);
  return [
    sendInvitations(app, mailer),
    settleTickets(app),
    settleBookings(app),
    mailTickets(app, mailer),
    mailProposals(app, mailer),
    tellHolders(app, mailer),
    tellOfBookings(app, mailer),
    tellOfPlacing(app, mailer),
    forgetPerson("events", app.services),
  ];
}
