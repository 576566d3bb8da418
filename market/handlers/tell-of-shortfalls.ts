import type { ActivityHandler } from "@rose-ash/shared/infrastructure/activities/index.ts";
import type { Mailer } from "@rose-ash/shared/infrastructure/mail/index.ts";
import type { BackOrderId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyInstance } from "fastify";
import { shortfallMail } from "./shortfall-mail.ts";

/** Shares were dropped, or a supplier brought less: whoever paid for it hears what does not come, once, order by order. */
export const tellOfShortfalls = (app: FastifyInstance, mailer: Mailer): ActivityHandler => ({
  name: "market.tell-of-shortfalls",
  kind: "outside",
  atOnce: 1,
  async handle({ object }, signal) {
    for (const order of await app.services.backOrders.listUntold(Number(object.id) as BackOrderId)) {
      signal.throwIfAborted();
      await mailer.send(await shortfallMail(app, order));
      const ids = order.lines.map(({ id }) => id);
      await app.transaction((tx) => app.services.backOrders.markTold(tx, ids));
    }
  },
});
