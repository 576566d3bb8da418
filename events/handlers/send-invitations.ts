import type { ActivityHandler } from "@rose-ash/shared/infrastructure/activities/index.ts";
import type { Mailer } from "@rose-ash/shared/infrastructure/mail/index.ts";
import type { CalendarEntryId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyInstance } from "fastify";
import { invitationMail } from "./invitation-mail.ts";

/**
 * Somebody was asked to come, or what they were asked to is otherwise or off: they are written to, once for each version. Who cuts it
 * off between the mail and the mark has a copy go out, under the same message id.
 */
export const sendInvitations = (app: FastifyInstance, mailer: Mailer): ActivityHandler => ({
  name: "events.send-invitations",
  kind: "outside",
  atOnce: 1,
  async handle({ object }, signal) {
    const { invitations } = app.services;
    const sender = `mailto:${addressIn(app.runtime.config.MAIL_FROM)}`;
    for (const due of await invitations.listDue(Number(object.id) as CalendarEntryId, sender)) {
      signal.throwIfAborted();
      if (await app.services.notices.mayMail("invitations", due.email)) await mailer.send(await invitationMail(app, due));
      await app.transaction((tx) => invitations.markSent(tx, due));
    }
  },
});

/** Of "Rose Ash <hello@…>" the address. */
function addressIn(from: string): string {
  return /<([^<>]+)>/.exec(from)?.[1] ?? from;
}
