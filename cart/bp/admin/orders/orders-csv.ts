import type { OrderRow } from "@rose-ash/shared/contracts/orders.ts";
import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Cell } from "@rose-ash/shared/infrastructure/csv/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { STATUS_WORDS } from "../../order/words.ts";
import { amountIn, sendTable } from "../books/send-table.ts";
import { filterOf, type OrderQuery, orderQuery, queryOf } from "./order-filter.ts";

const MOST = 50_000;
const HEAD = ["Placed", "Order", "Buyer", "State", "Total", "Given back", "Currency"];

/** GET /admin/orders.csv: the orders that a list shows, all pages of it. As buyers' names go out, the log says to whom. */
export const downloadOrders: Route<{ Querystring: OrderQuery }> = {
  method: "GET",
  url: "/admin/orders.csv",
  schema: { querystring: orderQuery },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const found = await services.orders.listAll(filterOf(request.query), MOST);
    const { userId: by } = adminOf(request);
    await transaction((tx) =>
      services.audit.record(tx, {
        ...{ app: "cart", by, action: "download orders", subject: "orders", reason: queryOf(request.query).toString() },
        ...{ before: null, after: { orders: found.length } },
      }),
    );
    return sendTable(reply, { name: "orders", head: HEAD, rows: found.map(cellsOf) });
  },
};

function cellsOf({ placedAt, reference, buyerName, status, totalMinor, refundedMinor, currency }: OrderRow): readonly Cell[] {
  const amounts = [totalMinor, refundedMinor].map((minor) => amountIn(minor, currency));
  return [placedAt.toISOString(), reference, buyerName, STATUS_WORDS[status].words, ...amounts, currency];
}
