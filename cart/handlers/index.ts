import { type ActivityHandler, forgetPerson } from "@rose-ash/shared/infrastructure/activities/index.ts";
import { openMailer } from "@rose-ash/shared/infrastructure/mail/index.ts";
import type { FastifyInstance } from "fastify";
import { mailBuyer } from "./mail-buyer.ts";

/** What cart does about activities. */
export function makeHandlers(app: FastifyInstance): readonly ActivityHandler[] {
  return [mailBuyer(app, openMailer(app.runtime.config, app.runtime.clock)), forgetPerson("cart", app.services)];
}
