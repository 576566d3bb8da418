import { nothingHere, type Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { COMMENTED_TYPES } from "@rose-ash/shared/models/comments.ts";
import { z } from "zod";

const querystring = z.object({
  type: z.enum(COMMENTED_TYPES),
  id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
});

/** GET /comments?type=Post&id=4&page=2: all that is said about something, in pages. */
export const listComments: Route<{ Querystring: z.output<typeof querystring> }> = {
  method: "GET",
  url: "/comments",
  schema: { querystring },
  async handler(request, reply) {
    const { services, publicUrl } = request.server;
    const { type, id, page } = request.query;
    const source = { type, id };
    const [place, shown] = await Promise.all([services.comments.getPlace(source), services.comments.listShown(source, page)]);
    if (place === null || page > shown.pageCount) throw nothingHere();
    const at = (number: number) => `/comments?${new URLSearchParams({ type, id: String(id), page: String(number) })}`;
    const pages = {
      ...{ number: page, count: shown.pageCount },
      ...{ previousUrl: page > 1 ? at(page - 1) : null, nextUrl: page < shown.pageCount ? at(page + 1) : null },
    };
    const { viewer } = request;
    const mayClose = viewer.kind === "member" && (await services.relations.may(viewer.userId, "operate", "federation"));
    const thread = mayClose ? await services.comments.getThread(source) : null;
    return reply.page("comments/list.html", { comments: shown.comments, place, url: publicUrl(place.app, place.path), pages, thread });
  },
};
