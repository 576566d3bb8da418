import { type ActivityHandler, forgetPerson } from "@rose-ash/shared/infrastructure/activities/index.ts";
import { openMailer } from "@rose-ash/shared/infrastructure/mail/index.ts";
import type { FastifyInstance } from "fastify";
import { mailDecision } from "./mail-decision.ts";
import { settleDues } from "./settle-dues.ts";
import { tellOfErasure } from "./tell-of-erasure.ts";

/** What account does about activities. */
export function makeHandlers(app: FastifyInstance): readonly ActivityHandler[] {
  const mailer = openMailer(app.runtime.config, app.runtime.clock);
  return [settleDues(app), mailDecision(app, mailer), forgetPerson("account", app.services), tellOfErasure(app, mailer)];
}
