import type { TicketView } from "@rose-ash/shared/contracts/events.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";

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
    const { tickets, ...dashboard } = await services.account.getDashboard(viewer.userId);
    const now = runtime.clock.now();
    const isAhead = ({ entry }: TicketView) => entry.endsAt > now;
    const ahead = tickets.filter(isAhead);
    const past = tickets.filter((ticket) => !isAhead(ticket));
    return reply.page("dashboard/show.html", { ...dashboard, tickets: ahead, pastTickets: past });
  },
};
