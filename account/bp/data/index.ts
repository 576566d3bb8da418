import type { FastifyPluginAsync } from "fastify";
import type { AccountConfig } from "../../config/schema.ts";
import { askExport } from "./ask-export.ts";
import { askErasure, confirmErasure } from "./erase.ts";
import { sendGuestsToSignIn } from "./member.ts";
import { sendExport } from "./send-export.ts";
import { showData } from "./show.ts";
import { undoOwn } from "./undo.ts";
import { showUndo, undoByLink } from "./undo-by-link.ts";
import { whyKept } from "./why.ts";

type Periods = Pick<AccountConfig, "ERASURE_DAYS" | "EXPORT_DAYS">;

/** All that is kept of a member: to take along, and to be forgotten. */
export const data: FastifyPluginAsync<Periods> = async (app, periods) => {
  await app.register(async (own) => {
    own.addHook("onRequest", sendGuestsToSignIn);
    own.route(showData(periods));
    own.route(askExport(periods));
    own.route(sendExport);
    own.route(confirmErasure(periods));
    own.route(askErasure(periods));
    own.route(undoOwn);
    own.route(whyKept);
  });
  app.route(showUndo);
  app.route(undoByLink);
};
