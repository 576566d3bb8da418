import { z } from "zod";
import { QUEUES, type Queue } from "../../../contracts/outbox.ts";
import { adminOnly, menuOf } from "../../admin/index.ts";
import type { Route } from "../../http/index.ts";
import { figureRows } from "./figure-rows.ts";

const querystring = z.looseObject({ queue: z.enum(QUEUES).catch("dead") }); // loose: a notice may stand beside it

const NAMES: Record<Queue, string> = { dead: "Given up", failing: "Failing", waiting: "Waiting" };

/** GET /admin/activities: one of the queues, and how this process's handlers get on. */
export const list: Route<{ Querystring: z.output<typeof querystring> }> = {
  method: "GET",
  url: "/admin/activities",
  schema: { querystring },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { services, activities } = request.server;
    const { queue } = request.query;
    const [counts, handlings] = await Promise.all([services.outbox.countQueues(), services.outbox.listQueue(queue)]);
    const tabs = QUEUES.map((name) => ({
      name: `${NAMES[name]} (${counts[name]})`,
      url: `/admin/activities?queue=${name}`,
      isCurrent: name === queue,
    }));
    const context = {
      menu: menuOf(request),
      queue,
      tabs,
      handlings,
      more: counts[queue] - handlings.length,
      oldestDueSeconds: Math.round(counts.oldestDueSeconds),
    };
    return reply.page("activities/list.html", { ...context, figures: figureRows(activities.figures()) });
  },
};
