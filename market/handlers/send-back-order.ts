import type { ActivityHandler } from "@rose-ash/shared/infrastructure/activities/index.ts";
import type { Mailer } from "@rose-ash/shared/infrastructure/mail/index.ts";
import type { BackOrderId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyInstance } from "fastify";
import { backOrderMail } from "./back-order-mail.ts";

/**
 * A back-order was sent or amended: its supplier is written to, once for each sending. Who cuts it off between the mail and the mark
 * has a copy go out, under the same message id.
 */
export const sendBackOrder = (app: FastifyInstance, mailer: Mailer): ActivityHandler => ({
  name: "market.send-back-order",
  kind: "outside",
  atOnce: 1,
  async handle({ object }, signal) {
    for (const sending of await app.services.backOrders.listUnmailed(Number(object.id) as BackOrderId)) {
      signal.throwIfAborted();
      await mailer.send(await backOrderMail(app, sending));
      await app.transaction((tx) => app.services.backOrders.markMailed(tx, sending.sendingId));
    }
  },
});
