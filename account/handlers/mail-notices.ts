import type { ActivityHandler } from "@rose-ash/shared/infrastructure/activities/index.ts";
import type { Mailer } from "@rose-ash/shared/infrastructure/mail/index.ts";
import type { NotificationId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyInstance } from "fastify";
import { noticeMail } from "./notice-mail.ts";

/** Strangers can mention somebody as often as they like: what goes beyond this in an hour stands on the site alone. */
const MOST = { hits: 20, windowSeconds: 3600 };

/**
 * Somebody is told of something, and wants to hear of such things by mail: they get one, unless they read it meanwhile. A try that was
 * cut off sends it again under the same Message-ID.
 */
export const mailNotices = (app: FastifyInstance, mailer: Mailer): ActivityHandler => ({
  name: "account.mail-notices",
  kind: "outside",
  atOnce: 2,
  async handle({ object }, signal) {
    const { services, transaction, runtime } = app;
    const notice = await services.notices.findMail(Number(object.id) as NotificationId);
    if (notice === null) return;
    const key = `notice mails to ${notice.userId}`;
    if (!(await transaction((tx) => services.identity.withinLimit(tx, key, MOST, runtime.clock.now())))) return;
    signal.throwIfAborted();
    await mailer.send(await noticeMail(app, notice, object.id));
  },
});
