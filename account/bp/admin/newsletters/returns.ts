import { adminOf, adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { readAddress } from "@rose-ash/shared/infrastructure/mail/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { z } from "zod";

const PATH = "/admin/newsletters/returns";
const body = z.object({ email: z.string().max(500).catch("").default(""), reason: z.string().max(500).catch("").default("") });

/** GET /admin/newsletters/returns: whose mail came back or was not taken. */
export const showReturns: Route = {
  method: "GET",
  url: PATH,
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { letters, newsletters } = request.server.services;
    const [returns, suppressed] = await Promise.all([letters.listCameBack(), newsletters.getSuppressionFigures()]);
    return reply.page("admin/newsletters/returns.html", { menu: menuOf(request), returns, suppressed });
  },
};

/** POST /admin/newsletters/returns: an address can be written to again: its mailbox works, or its owner asked for it. In the log stands why. */
export const liftSuppression: Route<{ Body: z.output<typeof body> }> = {
  method: "POST",
  url: PATH,
  schema: { body },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const email = readAddress(request.body.email);
    const reason = request.body.reason.trim();
    const decision = { by: adminOf(request).userId, reason };
    const isLifted =
      email !== null && reason !== "" && (await transaction((tx) => services.newsletters.liftSuppression(tx, email, decision)));
    return reply.redirect(withNotice(PATH, isLifted ? "suppression-lifted" : "suppression-none"), 303);
  },
};
