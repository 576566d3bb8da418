import type { ActivityHandler } from "@rose-ash/shared/infrastructure/activities/index.ts";
import type { Mailer } from "@rose-ash/shared/infrastructure/mail/index.ts";
import type { CalendarEntryId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyInstance } from "fastify";
import { proposalMail } from "./proposal-mail.ts";

const OCCASIONS = { Offer: "proposed", Accept: "confirmed", Reject: "declined" } as const;

/**
 * What was proposed goes by mail to who looks after the calendar, what was decided to who proposed it. A try that was cut off sends again,
 * under the same message ids. What was decided meanwhile is nobody's to decide any more.
 */
export const mailProposals = (app: FastifyInstance, mailer: Mailer): ActivityHandler => ({
  name: "events.mail-proposals",
  kind: "outside",
  atOnce: 2,
  async handle({ id, type, object }, signal) {
    if (type !== "Offer" && type !== "Accept" && type !== "Reject") return;
    const entryId = Number(object.id) as CalendarEntryId;
    const about = type === "Offer" ? "proposal" : "decision";
    const people = await app.transaction((tx) => app.services.calendarDesk.listConcerned(tx, entryId, about));
    if (people === null || (type === "Offer" && people.status !== "proposed")) return;
    for (const to of people.mailTo) {
      signal.throwIfAborted();
      if (!(await app.services.notices.mayMail(type === "Offer" ? "approvals" : "entries", to.email))) continue;
      await mailer.send(await proposalMail(app, people, { to, occasion: OCCASIONS[type], key: `proposal-${id}-${to.userId}` }));
    }
  },
});
