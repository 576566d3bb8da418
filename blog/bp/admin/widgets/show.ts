import type { WidgetChange, WidgetsResult } from "@rose-ash/shared/contracts/widgets.ts";
import { adminOf, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { PageId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { writersOnly } from "../writers-only.ts";
import { type PageParams, pageParams, wordOf } from "./fields.ts";

const PROBLEMS: Record<Exclude<WidgetsResult["kind"], "changed">, string> = {
  conflict: "Somebody changed what this page shows meanwhile. Nothing of yours was done; this is how it stands now.",
  gone: "Choose something that is there and not on the page yet. This is how it stands now.",
};

const KINDS = { calendar: "Calendar", market: "Market place", entry: "Tickets" } as const;

/** GET /admin/pages/:id/widgets: what the page shows of other services. */
export const showWidgets: Route<{ Params: PageParams }> = {
  method: "GET",
  url: "/admin/pages/:id/widgets",
  schema: { params: pageParams },
  onRequest: writersOnly,
  handler: (request, reply) => sendWidgets(request, reply, request.params.id, ""),
};

/** Makes one change and shows the widgets again, by a redirect when it was done. */
export async function answerChange(
  request: FastifyRequest,
  reply: FastifyReply,
  pageId: PageId,
  { version, change }: { version: string; change: WidgetChange | null },
): Promise<FastifyReply> {
  const { services, transaction } = request.server;
  const by = adminOf(request).userId;
  await services.widgets.getWidgetsFor(by, pageId);
  const { kind } =
    change === null
      ? { kind: "gone" as const }
      : await transaction((tx) => services.widgets.changeWidgets(tx, { pageId, expectedVersion: version, by, change }));
  if (kind === "changed") return reply.redirect(withNotice(`/admin/pages/${pageId}/widgets`, "widgets-changed"), 303);
  return sendWidgets(request, reply.code(kind === "conflict" ? 409 : 422), pageId, PROBLEMS[kind]);
}

async function sendWidgets(request: FastifyRequest, reply: FastifyReply, pageId: PageId, problem: string): Promise<FastifyReply> {
  const { page, version, widgets, choices } = await request.server.services.widgets.getWidgetsFor(adminOf(request).userId, pageId);
  return reply.page("admin/widgets/show.html", {
    menu: menuOf(request),
    ...{ page, version, widgets, problem, kinds: KINDS },
    choices: choices.map(({ target, name }) => ({ value: wordOf(target), label: `${KINDS[target.kind]}: ${name}` })),
  });
}
