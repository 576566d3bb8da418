import { adminOf, adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { AppealId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";
import { decisionOf } from "../servers/verdicts.ts";
import { pagesOf, tabsOf } from "./tabs.ts";

const querystring = z.looseObject({
  decided: z.enum(["yes", "no"]).catch("no"),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
}); // loose: a notice may stand beside it

/** GET /admin/moderation/appeals: who asks for another look. */
export const listAppeals: Route<{ Querystring: z.output<typeof querystring> }> = {
  method: "GET",
  url: "/admin/moderation/appeals",
  schema: { querystring },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { decided, page } = request.query;
    const which = decided === "yes" ? "decided" : "open";
    const [listed, tabs] = await Promise.all([
      request.server.services.moderation.listAppeals(which, adminOf(request).userId, page),
      tabsOf(request, "appeals"),
    ]);
    const pages = pagesOf(listed, (number) => `/admin/moderation/appeals?decided=${decided}&page=${number}`);
    return reply.page("admin/moderation/appeals.html", { menu: menuOf(request), tabs, which, appeals: listed.appeals, pages });
  },
};

const params = z.object({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });
const body = z.object({ verdict: z.enum(["grant", "refuse"]), reason: z.string().trim().min(3).max(1000) });
const NOTICES = { decided: "appeal-decided", "own-decision": "appeal-own", "decided-before": "not-there-now" } as const;

/** POST /admin/moderation/appeals/:id: another steward than the one who decided answers. */
export const decideAppeal: Route<{ Params: z.output<typeof params>; Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/admin/moderation/appeals/:id",
  schema: { params, body },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const { verdict, reason } = request.body;
    const id = request.params.id as AppealId;
    const done = await transaction((tx) => services.moderation.decideAppeal(tx, id, verdict === "grant", decisionOf(request, reason)));
    return reply.redirect(withNotice("/admin/moderation/appeals", NOTICES[done.kind]), 303);
  },
};
