import type { ActivityHandler } from "@rose-ash/shared/infrastructure/activities/index.ts";
import type { Mailer } from "@rose-ash/shared/infrastructure/mail/index.ts";
import type { ProductId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyInstance } from "fastify";
import { priceMail } from "./price-mail.ts";

/** A price changed: members who have the product in a cart or an order of a cycle that is open hear of it, once for each price. */
export const tellOfPrice = (app: FastifyInstance, mailer: Mailer): ActivityHandler => ({
  name: "market.tell-of-price",
  kind: "outside",
  atOnce: 1,
  async handle({ object, details }, signal) {
    if (!/\b(?:price|membersPrice)Minor\b/.test(String(details["fields"] ?? ""))) return;
    for (const news of await app.services.cycles.listPriceNews(Number(object.id) as ProductId)) {
      signal.throwIfAborted();
      if (await app.services.notices.mayMail("prices", news.email)) await mailer.send(await priceMail(app, news));
      await app.transaction((tx) => app.services.cycles.markPriceTold(tx, news));
    }
  },
});
