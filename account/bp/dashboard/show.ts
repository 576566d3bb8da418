import type { RelationHandle } from "@rose-ash/shared/contracts/relations.ts";
import type { Services } from "@rose-ash/shared/contracts/services.ts";
import type { Member } from "@rose-ash/shared/contracts/viewer.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { APPS, type App } from "@rose-ash/shared/models/apps.ts";
import type { UserId } from "@rose-ash/shared/models/ids.ts";
import { accountPage } from "../../sections.ts";
import { newsLine } from "./news-line.ts";

const RIGHT: RelationHandle<{ user: UserId; action: string; scope: string }> = {
  relation: "shared.can",
  columns: { user: "user", action: "text", scope: "text" },
};

const MOST_DRAFTS = 3;

/** GET /: the dashboard of a member; for a guest a word of welcome and the way in. */
export const showDashboard: Route = {
  method: "GET",
  url: "/",
  async handler(request, reply) {
    const { viewer } = request;
    if (viewer.kind === "guest") {
      return reply.page("dashboard/guest.html", {}, { nextEntries: { type: "next-entries", params: { limit: 3 } } });
    }
    const { services } = request.server;
    const [{ news, ...dashboard }, { counters, drafts }] = await Promise.all([
      services.account.getDashboard(viewer.userId),
      readDesks(services, viewer),
    ]);
    const summaries = dashboard.orders.map(({ reference }) => ({ type: "order-summary" as const, params: { reference } }));
    return accountPage(reply, "dashboard/show.html", { ...dashboard, news: news.map(newsLine), counters, drafts }, { summaries });
  },
};

/** The services behind whose counter the member may look, and what they have begun to write. */
async function readDesks({ relations, writing }: Services, { userId, handle }: Member) {
  const [rights, writes] = await Promise.all([relations.list(RIGHT, { user: userId, action: "see-admin" }), writing.hasDesk(userId)]);
  const mine = { status: "draft", author: handle, tag: "", words: "" } as const;
  const drafts = writes ? (await writing.listPosts(userId, mine, 1)).posts : [];
  const counters = APPS.filter((app: App) => rights.some(({ scope }) => scope === app) || (app === "blog" && writes));
  return { counters, drafts: drafts.slice(0, MOST_DRAFTS) };
}
