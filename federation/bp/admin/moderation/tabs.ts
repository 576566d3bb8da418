import type { FastifyRequest } from "fastify";

type Tab = "waiting" | "reports" | "appeals" | "people" | "hidden" | "rules";

/** The pages of moderation, with how much there is to look at. */
export async function tabsOf({ server }: Pick<FastifyRequest, "server">, current: Tab) {
  const open = await server.services.moderation.countOpen();
  const tabs: { id: Tab; name: string; url: string }[] = [
    { id: "waiting", name: `Comments (${open.comments})`, url: "/admin/moderation" },
    { id: "reports", name: `Reports (${open.reports})`, url: "/admin/moderation/reports" },
    { id: "appeals", name: `Appeals (${open.appeals})`, url: "/admin/moderation/appeals" },
    { id: "people", name: "People", url: "/admin/moderation/people" },
    { id: "hidden", name: "Taken away", url: "/admin/moderation?queue=hidden" },
    { id: "rules", name: "Rules", url: "/admin/moderation/rules" },
  ];
  return tabs.map(({ id, ...tab }) => ({ ...tab, isCurrent: id === current }));
}

/** For components/pagination.html. */
export function pagesOf({ page, pageCount }: { page: number; pageCount: number }, at: (page: number) => string) {
  return { number: page, count: pageCount, previousUrl: page > 1 ? at(page - 1) : null, nextUrl: page < pageCount ? at(page + 1) : null };
}
