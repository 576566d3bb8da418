import type { ActivityHandler } from "@rose-ash/shared/infrastructure/activities/index.ts";
import { openMailer } from "@rose-ash/shared/infrastructure/mail/index.ts";
import type { FastifyInstance } from "fastify";
import { mailConfirmations } from "./mail-confirmations.ts";
import { mailDecision } from "./mail-decision.ts";
import { settleDues } from "./settle-dues.ts";

/** What account does about activities. */
export function makeHandlers(app: FastifyInstance): readonly ActivityHandler[] {
  const mailer = openMailer(app.runtime.config, app.runtime.clock);
  return [settleDues(app), mailDecision(app, mailer), mailConfirmations(app, mailer)];
}
