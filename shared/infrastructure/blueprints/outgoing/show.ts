import type { FastifyReply, FastifyRequest } from "fastify";
import { adminOf, adminOnly, menuOf } from "../../admin/index.ts";
import type { Route } from "../../http/index.ts";
import { TIMETABLE } from "../../jobs/index.ts";

/** GET /admin/outgoing: whether anything goes out, and what is pending. */
export const show: Route = {
  method: "GET",
  url: "/admin/outgoing",
  onRequest: adminOnly("operate"),
  handler: (request, reply) => showAgain(request, reply, { of: null, reason: "", handler: "", error: "" }),
};

/** A form as it was sent: the one that discards, or the one that pauses and releases. */
interface Typed {
  of: "discard" | "switch" | null;
  reason: string;
  handler: string;
  error: string;
}

/** The page, with what was typed and what is wrong with it. */
export async function showAgain(request: FastifyRequest, reply: FastifyReply, typed: Typed): Promise<FastifyReply> {
  const { services } = request.server;
  const { userId, pause } = adminOf(request);
  const [pending, mayDecide, list] = await Promise.all([
    services.outgoing.listPending(),
    services.relations.may(userId, "operate", "site"),
    services.erasures.getList(),
  ]);
  const before = pending.filter((one) => one.before > 0);
  return reply.page("outgoing/show.html", {
    menu: menuOf(request),
    pause,
    pending,
    mayDecide,
    erased: { ...list, isUnread: pause !== null && pause.reason === null && !list.isOfThisCluster },
    discardable: [
      { value: "", label: "Everything" },
      ...before.map((one) => ({ value: one.handler, label: `${one.handler} (${one.before})` })),
    ],
    before: before.reduce((sum, one) => sum + one.before, 0),
    jobs: TIMETABLE.map(({ name, cron, keepsHouse }) => ({ name, cron, waits: pause !== null && !keepsHouse })),
    ...typed,
  });
}
