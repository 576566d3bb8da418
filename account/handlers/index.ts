import { type ActivityHandler, forgetPerson } from "@rose-ash/shared/infrastructure/activities/index.ts";
import type { Mailer } from "@rose-ash/shared/infrastructure/mail/index.ts";
import type { FastifyInstance } from "fastify";
import { mailConfirmations } from "./mail-confirmations.ts";
import { mailDecision } from "./mail-decision.ts";
import { mailNotices } from "./mail-notices.ts";
import { settleDues } from "./settle-dues.ts";
import { tellOfErasure } from "./tell-of-erasure.ts";

/** What account does about activities. */
export function makeHandlers(app: FastifyInstance, mailer: Mailer): readonly ActivityHandler[] {
  return [
    settleDues(app),
    mailDecision(app, mailer),
    mailNotices(app, mailer),
    mailConfirmations(app, mailer),
    forgetPerson("account", app.services),
    tellOfErasure(app, mailer),
  ];
}
