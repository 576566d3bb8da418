import { adminOf, adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { JoinRequestId } from "@rose-ash/shared/models/ids.ts";
import { JOIN_STATES } from "@rose-ash/shared/models/joining.ts";
import { z } from "zod";
import { pagesOf } from "../paging.ts";
import { tabsOf } from "./tabs.ts";

const PATH = "/admin/site/requests";
const querystring = z.looseObject({
  state: z.enum(JOIN_STATES).catch("waiting"),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
}); // a notice may stand beside it

/** GET /admin/site/requests?state=waiting: who asks to be let in, and what was decided. */
export const listRequests: Route<{ Querystring: z.output<typeof querystring> }> = {
  method: "GET",
  url: PATH,
  schema: { querystring },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { state, page } = request.query;
    const [listed, tabs] = await Promise.all([request.server.services.joining.listRequests(state, page), tabsOf(request, "requests")]);
    const pages = pagesOf(listed, (number) => `${PATH}?state=${state}&page=${number}`);
    const states = JOIN_STATES.map((one) => ({ name: NAMES[one], url: `${PATH}?state=${one}`, isCurrent: one === state }));
    return reply.page("admin/site/requests.html", { menu: menuOf(request), tabs, states, state, requests: listed.requests, pages });
  },
};

const NAMES = { waiting: "Waiting", approved: "Let in", declined: "Not let in" } as const;

const params = z.object({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });
const body = z.object({
  decision: z.enum(["approve", "decline"]),
  reason: z
    .string()
    .transform((typed) => typed.replaceAll("\u0000", "").trim())
    .pipe(z.string().min(3).max(500)),
});

/** POST /admin/site/requests/7: yes or no, with a reason that they read. */
export const decideRequest: Route<{ Params: z.output<typeof params>; Body: z.output<typeof body> }> = {
  method: "POST",
  url: `${PATH}/:id`,
  schema: { params, body },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const isApproved = request.body.decision === "approve";
    const decision = { isApproved, reason: request.body.reason, by: adminOf(request).userId };
    const isDone = await transaction((tx) => services.joining.decide(tx, request.params.id as JoinRequestId, decision));
    return reply.redirect(withNotice(PATH, isDone ? (isApproved ? "let-in" : "not-let-in") : "decided-before"), 303);
  },
};
