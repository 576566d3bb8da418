import type { Reader, StatusesService, StatusPage } from "@rose-ash/shared/contracts/statuses.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { memberReader } from "./reader.ts";
import { sendTimeline, type TimelineQuery, timelineQuery } from "./send-timeline.ts";

interface View {
  readonly path: string;
  readonly title: string;
  readonly lead: string;
  readonly empty: string;
  list(statuses: StatusesService, reader: Reader, before: string | null): Promise<StatusPage>;
}

const VIEWS: readonly View[] = [
  {
    ...{ path: "/direct", title: "Direct", lead: "Posts that only those named in them can see." },
    empty: "When somebody writes to you alone, or you to them, it stands here.",
    list: (statuses, reader, before) => statuses.listDirect(reader, before),
  },
  {
    ...{ path: "/bookmarks", title: "Bookmarks", lead: "What you want to find again. Nobody else knows." },
    empty: "Press Bookmark below a post, and it stands here.",
    list: (statuses, reader, before) => statuses.listBookmarks(reader, before),
  },
  {
    ...{ path: "/likes", title: "Likes", lead: "What you liked." },
    empty: "Press Like below a post, and it stands here.",
    list: (statuses, reader, before) => statuses.listLiked(reader, before),
  },
];

/** GET /direct, /bookmarks and /likes: a member's own views, alike but for what is in them. */
export const ownViews: readonly Route<{ Querystring: TimelineQuery }>[] = VIEWS.map(({ path, title, lead, empty, list }) => ({
  method: "GET",
  url: path,
  schema: { querystring: timelineQuery },
  async handler(request, reply) {
    const page = await list(request.server.services.statuses, memberReader(request), request.query.before ?? null);
    const nothing = { title: "Nothing yet", body: empty, label: "Go home", url: "/" };
    return sendTimeline(request, reply, { title, lead, path, page, empty: nothing, compose: null });
  },
}));
