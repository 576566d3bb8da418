import type { MenuResult } from "@rose-ash/shared/contracts/navigation.ts";
import { adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";

/** Where each menu stands. */
export const TITLES = { primary: "On top of every page", footer: "At the foot of every page" } as const;

const PROBLEMS: Record<Exclude<MenuResult["kind"], "changed">, string> = {
  conflict: "Somebody changed this menu meanwhile. Nothing of yours was done; this is how it stands now.",
  gone: "That item or page is not there any more. This is how the menu stands now.",
  full: "The menu is full: no page shows more items than this well. Remove one first.",
};

/** GET /admin/navigation: both menus in their order. */
export const showNavigation: Route = {
  method: "GET",
  url: "/admin/navigation",
  onRequest: adminOnly("edit"),
  handler: (request, reply) => sendNavigation(request, reply, ""),
};

/** What every change ends with: the menus again, by a redirect when it was done. */
export function answerChange(request: FastifyRequest, reply: FastifyReply, { kind }: MenuResult): FastifyReply | Promise<FastifyReply> {
  if (kind === "changed") return reply.redirect(withNotice("/admin/navigation", "menu-changed"), 303);
  return sendNavigation(request, reply.code(kind === "full" ? 422 : 409), PROBLEMS[kind]);
}

async function sendNavigation(request: FastifyRequest, reply: FastifyReply, problem: string): Promise<FastifyReply> {
  const { navigation } = request.server.services;
  const menus = await Promise.all([navigation.getMenu("primary"), navigation.getMenu("footer")]);
  return reply.page("admin/navigation/show.html", {
    menu: menuOf(request),
    menus: menus.map(({ menu, ...state }) => ({ ...state, key: menu, title: TITLES[menu] })),
    problem,
  });
}
