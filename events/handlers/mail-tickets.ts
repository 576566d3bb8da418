import type { ActivityHandler } from "@rose-ash/shared/infrastructure/activities/index.ts";
import type { Mailer } from "@rose-ash/shared/infrastructure/mail/index.ts";
import type { TicketWaitId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyInstance } from "fastify";
import { offerMail, ticketMail } from "./ticket-mail.ts";

/** Tickets were handed out, or a place is offered to whoever waits: they hear of it. Sent again, it is under the same Message-ID. */
export const mailTickets = (app: FastifyInstance, mailer: Mailer): ActivityHandler => ({
  name: "events.mail-tickets",
  kind: "outside",
  atOnce: 2,
  async handle({ object }, signal) {
    const { tickets } = app.services;
    if (object.type === "TicketWait") {
      const offered = await tickets.findOffer(Number(object.id) as TicketWaitId);
      if (offered !== null) await mailer.send(await offerMail(app, offered, object.id));
      return;
    }
    for (const mail of await tickets.listBatch(object.id)) {
      signal.throwIfAborted();
      await mailer.send(await ticketMail(app, mail, { kind: "issued", key: `tickets-${mail.tickets[0]?.id}-${object.id}` }));
    }
  },
});
