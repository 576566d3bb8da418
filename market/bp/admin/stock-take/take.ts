import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { ProductId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";

const MAX_STOCK = 99_999;
/** stock-<id>: what was counted; was-<id>: what stood in the form before; back: the query of the page. */
const body = z.record(z.string(), z.string().catch(""));

/** POST /admin/stock-take: what was counted stands; what nobody touched stays, and so does what was sold or changed while they counted. */
export const takeStock: Route<{ Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/admin/stock-take",
  schema: { body },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const by = adminOf(request).userId;
    const reason = (request.body["reason"] ?? "").replaceAll("\u0000", "").trim().slice(0, 200);
    const counts = countsOf(request.body);
    const moved = await transaction(async (tx) => {
      const ids: ProductId[] = [];
      for (const count of counts) if ((await services.shelf.takeStock(tx, { ...count, reason, by })) === "moved") ids.push(count.id);
      return ids;
    });
    const back = /^[\w=&%.+-]{0,500}$/.test(request.body["back"] ?? "") ? (request.body["back"] ?? "") : "";
    if (moved.length === 0) return reply.redirect(withNotice(`/admin/stock-take?${back}`, "counted"), 303);
    return reply.redirect(withNotice(`/admin/stock-take?${back}&moved=${moved.join(".")}`, "counted-partly"), 303);
  },
};

/** By id, so that two who count at once lock the rows in one order. */
function countsOf(form: Readonly<Record<string, string>>): { id: ProductId; counted: number; was?: number }[] {
  const counts = Object.entries(form).flatMap(([name, text]) => {
    const [, id] = /^stock-([1-9]\d{0,14})$/.exec(name) ?? [];
    if (id === undefined || !/^\d{1,5}$/.test(text) || text === form[`was-${id}`]) return [];
    const was = /^\d{1,5}$/.exec(form[`was-${id}`] ?? "");
    return [{ id: Number(id) as ProductId, counted: Math.min(Number(text), MAX_STOCK), ...(was ? { was: Number(was[0]) } : {}) }];
  });
  return counts.sort((a, b) => a.id - b.id);
}
