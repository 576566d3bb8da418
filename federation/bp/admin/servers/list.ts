import { QUEUES, type Queue } from "@rose-ash/shared/contracts/outbox.ts";
import { adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";

const querystring = z.looseObject({ queue: z.enum(QUEUES).catch("dead") }); // loose: a notice may stand beside it

const NAMES: Record<Queue, string> = { dead: "Given up", failing: "Later", waiting: "On its way" };

/** GET /admin/servers: one of the queues of deliveries, and the servers there is something to say of. */
export const listServers: Route<{ Querystring: z.output<typeof querystring> }> = {
  method: "GET",
  url: "/admin/servers",
  schema: { querystring },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { deliveries, fediverse } = request.server.services;
    const { queue } = request.query;
    const [counts, listed, hosts] = await Promise.all([deliveries.countQueues(), deliveries.listQueue(queue), fediverse.listHosts()]);
    const tabs = QUEUES.map((name) => ({
      name: `${NAMES[name]} (${counts[name]})`,
      url: `/admin/servers?queue=${name}`,
      isCurrent: name === queue,
    }));
    const more = Math.max(0, counts[queue] - listed.length);
    return reply.page("admin/servers/list.html", { menu: menuOf(request), queue, tabs, deliveries: listed, more, hosts });
  },
};
