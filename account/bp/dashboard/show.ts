import type { TicketView } from "@rose-ash/shared/contracts/events.ts";
import type { RelationHandle } from "@rose-ash/shared/contracts/relations.ts";
import type { Services } from "@rose-ash/shared/contracts/services.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { APPS, type App } from "@rose-ash/shared/models/apps.ts";
import type { UserId } from "@rose-ash/shared/models/ids.ts";
import { accountPage } from "../../sections.ts";

const RIGHT: RelationHandle<{ user: UserId; action: string; scope: string }> = {
  relation: "shared.can",
  columns: { user: "user", action: "text", scope: "text" },
};

/** Of so many orders, the newest, cart says how they stand; of older ones stands what is known here. */
const SUMMARIES = 5;

/** GET /: the dashboard of a member; for a guest a word of welcome and the way in. */
export const showDashboard: Route = {
  method: "GET",
  url: "/",
  async handler(request, reply) {
    const { viewer } = request;
    if (viewer.kind === "guest") {
      return reply.page("dashboard/guest.html", {}, { nextEntries: { type: "next-entries", params: { limit: 3 } } });
    }
    const { services, runtime } = request.server;
    const [{ tickets, ...dashboard }, counters] = await Promise.all([
      services.account.getDashboard(viewer.userId),
      listCounters(services, viewer.userId),
    ]);
    const now = runtime.clock.now();
    const isAhead = ({ entry }: TicketView) => entry.endsAt > now;
    const ahead = tickets.filter(isAhead);
    const past = tickets.filter((ticket) => !isAhead(ticket));
    const summaries = dashboard.orders
      .slice(0, SUMMARIES)
      .map(({ reference }) => ({ type: "order-summary" as const, params: { reference } }));
    return accountPage(reply, "dashboard/show.html", { ...dashboard, counters, tickets: ahead, pastTickets: past }, { summaries });
  },
};

/** The services behind whose counter the member may look, or finds something of theirs to write. */
async function listCounters(services: Services, userId: UserId): Promise<App[]> {
  const [rights, writes] = await Promise.all([
    services.relations.list(RIGHT, { user: userId, action: "see-admin" }),
    services.writing.hasDesk(userId),
  ]);
  return APPS.filter((app) => rights.some(({ scope }) => scope === app) || (app === "blog" && writes));
}
