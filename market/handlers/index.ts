import { type ActivityHandler, forgetPerson } from "@rose-ash/shared/infrastructure/activities/index.ts";
import { openMailer } from "@rose-ash/shared/infrastructure/mail/index.ts";
import type { FastifyInstance } from "fastify";
import { acceptByRules } from "./accept-by-rules.ts";
import { sendBackOrder } from "./send-back-order.ts";
import { tellOfPrice } from "./tell-of-price.ts";
import { tellOfShortfalls } from "./tell-of-shortfalls.ts";
import { tellOfStock } from "./tell-of-stock.ts";

/** What market does about activities. */
export function makeHandlers(app: FastifyInstance): readonly ActivityHandler[] {
  const mailer = openMailer(app.runtime.config, app.runtime.clock);
  const telling = [tellOfStock, tellOfPrice, sendBackOrder, tellOfShortfalls].map((make) => make(app, mailer));
  return [...telling, acceptByRules(app), forgetPerson("market", app.services)];
}
