import { adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { backOrderCsv } from "../../../services/back-orders/csv.ts";
import { ORDER_PATH, type OrderParams, orderParams } from "./params.ts";

/** GET …/order.csv: the order to a supplier as it is by now, for a spreadsheet. */
export const downloadOrder: Route<{ Params: OrderParams }> = {
  method: "GET",
  url: `${ORDER_PATH}/order.csv`,
  schema: { params: orderParams },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { id, supplier } = request.params;
    const { lines } = await request.server.services.backOrders.getBackOrder(id, supplier);
    return reply
      .header("content-disposition", `attachment; filename="order-${id}-${supplier}.csv"`)
      .header("cache-control", "private, no-store")
      .type("text/csv; charset=utf-8")
      .send(backOrderCsv(lines));
  },
};
