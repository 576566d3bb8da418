import type { ActivityHandler } from "@rose-ash/shared/infrastructure/activities/index.ts";
import { openMailer } from "@rose-ash/shared/infrastructure/mail/index.ts";
import type { FastifyInstance } from "fastify";
import { mailConfirmations } from "./mail-confirmations.ts";

/** What account does about activities. */
export function makeHandlers(app: FastifyInstance): readonly ActivityHandler[] {
  return [mailConfirmations(app, openMailer(app.runtime.config, app.runtime.clock))];
}
