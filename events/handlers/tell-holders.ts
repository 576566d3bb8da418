import type { ActivityHandler } from "@rose-ash/shared/infrastructure/activities/index.ts";
import type { Mailer } from "@rose-ash/shared/infrastructure/mail/index.ts";
import type { CalendarEntryId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyInstance } from "fastify";
import { ticketMail } from "./ticket-mail.ts";

/** What people hold tickets of does not take place, was moved, or takes place after all: each hears of it once. */
export const tellHolders = (app: FastifyInstance, mailer: Mailer): ActivityHandler => ({
  name: "events.tell-holders",
  kind: "outside",
  atOnce: 1,
  async handle({ id, object }, signal) {
    const { services, transaction } = app;
    for (const news of await services.tickets.listNews(Number(object.id) as CalendarEntryId)) {
      signal.throwIfAborted();
      await mailer.send(await ticketMail(app, news, { kind: news.kind, key: `ticket-news-${news.tickets[0]?.id}-${id}` }));
      await transaction((tx) => services.tickets.markTold(tx, news));
    }
  },
});
