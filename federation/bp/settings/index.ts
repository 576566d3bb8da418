import type { Mailer } from "@rose-ash/shared/infrastructure/mail/index.ts";
import type { FastifyPluginAsync } from "fastify";
import { apps } from "./apps/index.ts";
import { connections } from "./connections/index.ts";
import { data } from "./data/index.ts";
import { sendGuestsToSignIn } from "./member.ts";
import { moderation } from "./moderation/index.ts";
import { moving } from "./move/index.ts";
import { showOverview } from "./overview/show.ts";
import { passkeys } from "./passkeys/index.ts";
import { ownPicture } from "./picture/index.ts";
import { profile } from "./profile/index.ts";
import { signIns } from "./sign-ins/index.ts";

/** How a member signs in, and who may come in with them: sign-ins, passkeys, connected apps, apps of one's own. */
export const settings: FastifyPluginAsync<{ mailer: Mailer }> = async (app, { mailer }) => {
  app.addHook("onRequest", async (_request, reply) => void reply.header("cache-control", "private, no-store"));
  app.addHook("onRequest", sendGuestsToSignIn);
  app.route(showOverview);
  await app.register(profile);
  await app.register(ownPicture);
  app.get("/settings/notifications", (_request, reply) => reply.redirect(app.publicUrl("account", "/settings/notices"), 301)); // they moved
  await app.register(moving);
  await app.register(data);
  await app.register(signIns);
  await app.register(passkeys, { mailer });
  await app.register(connections);
  await app.register(apps);
  await app.register(moderation);
};
