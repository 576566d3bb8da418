import { adminOf, adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { CYCLE_PATH, type CycleParams, cycleParams } from "./params.ts";
import { CASE_RULES, orderBadge, stateBadge } from "./words.ts";

/** GET /admin/cycles/:id: where it stands, what is taken, and the order to each supplier. */
export const showCycle: Route<{ Params: CycleParams }> = {
  method: "GET",
  url: CYCLE_PATH,
  schema: { params: cycleParams },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { services } = request.server;
    const [cycle, orders, suppliers] = await Promise.all([
      services.cycleDesk.getCycle(request.params.id),
      services.backOrders.listBackOrders(request.params.id),
      services.cycleDesk.listSuppliers(),
    ]);
    const sent = new Set(orders.filter(({ id }) => id !== null).map(({ supplier }) => supplier.id));
    return reply.page("admin/cycles/show.html", {
      mayOperate: adminOf(request).actions.includes("operate"),
      ...{ menu: menuOf(request), cycle, badge: stateBadge(cycle.state) },
      rule: CASE_RULES.find(({ value }) => value === cycle.incompleteCase),
      sellers: suppliers.filter(({ id }) => cycle.supplierIds.includes(id)).map(({ name }) => name),
      lots: cycle.lots.map((lot) => ({ ...lot, isSent: sent.has(lot.supplierId) })),
      orders: orders.map((order) => ({
        ...{ ...order, badge: orderBadge(order.state), products: order.lines.filter(({ cases }) => cases > 0).length },
        cases: order.lines.reduce((sum, { cases }) => sum + cases, 0),
      })),
    });
  },
};
