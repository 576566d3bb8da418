import type { Mailer } from "@rose-ash/shared/infrastructure/mail/index.ts";
import type { FastifyPluginAsync } from "fastify";
import { addPasskey, passkeyOptions, reloadAdd } from "./add.ts";
import { listPasskeys } from "./list.ts";
import { askRemove, removePasskey } from "./remove.ts";
import { reloadRename, renamePasskey } from "./rename.ts";

/** The passkeys that a member signs in with. */
export const passkeys: FastifyPluginAsync<{ mailer: Mailer }> = async (app, { mailer }) => {
  app.route(listPasskeys);
  app.route(passkeyOptions);
  app.route(reloadAdd);
  app.route(addPasskey(mailer));
  app.route(reloadRename);
  app.route(renamePasskey);
  app.route(askRemove);
  app.route(removePasskey);
};
