import type { FastifyRequest } from "fastify";

/** The pages of moderation, with how much there is to look at. */
export async function tabsOf({ server }: FastifyRequest, current: "waiting" | "hidden") {
  const waiting = await server.services.comments.countWaiting();
  const tabs = [
    { id: "waiting", name: `Comments (${waiting})`, url: "/admin/moderation" },
    { id: "hidden", name: "Taken away", url: "/admin/moderation?queue=hidden" },
  ];
  return tabs.map(({ id, ...tab }) => ({ ...tab, isCurrent: id === current }));
}

/** For components/pagination.html. */
export function pagesOf({ page, pageCount }: { page: number; pageCount: number }, at: (page: number) => string) {
  return { number: page, count: pageCount, previousUrl: page > 1 ? at(page - 1) : null, nextUrl: page < pageCount ? at(page + 1) : null };
}
