import type { ActivityHandler } from "@rose-ash/shared/infrastructure/activities/index.ts";
import type { Mailer } from "@rose-ash/shared/infrastructure/mail/index.ts";
import type { ProductId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyInstance } from "fastify";
import { stockMail } from "./stock-mail.ts";

/**
 * There is more of something that was sold out: whoever asked hears of it. A wish ends when its mail has gone out, so a try that
 * was cut off goes on with those who have not heard yet; who cuts it off between the two has one member hear twice.
 */
export const tellOfStock = (app: FastifyInstance, mailer: Mailer): ActivityHandler => ({
  name: "market.tell-of-stock",
  kind: "outside",
  atOnce: 2,
  async handle({ object, details }, signal) {
    if (details["stockBefore"] !== 0) return;
    const id = Number(object.id) as ProductId;
    for (const waiting of await app.services.market.listAwaiting(id)) {
      signal.throwIfAborted();
      if (await app.services.notices.mayMail("stock", waiting.email)) await mailer.send(await stockMail(app, waiting));
      await app.transaction((tx) => app.services.market.stopAwaiting(tx, id, waiting.userId));
    }
  },
});
