import { sql } from "drizzle-orm";
import type { AuditService } from "../../contracts/audit.ts";
import type { BackOrdersService, PayBackResult, ShortOrder } from "../../contracts/back-orders.ts";
import type { PaymentsService } from "../../contracts/payments.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import type { OrderId, UserId } from "../../models/ids.ts";
import { endMatter } from "../payments/matters.ts";
import { buyerName } from "./buyers.ts";
import { paidForShortfall } from "./paid-for.ts";

/** Refunds as they are asked for; the rest of an order is its owner's. */
type Payments = Pick<PaymentsService, "requestRefund">;

/** What was paid for what does not come of an order, less what went back for it, or is on its way; in minor units. */
const owedOf = sql`greatest(0, (
    select coalesce(sum(${paidForShortfall}), 0) from order_lines line join shortfalls on shortfalls.order_line_id = line.id
    where line.order_id = orders.id)
  - (select coalesce(sum(amount_minor), 0) from refunds where refunds.order_id = orders.id and reason = 'shortfall' and state <> 'refused'))::int`;

interface Row extends Record<string, unknown> {
  id: string;
  reference: string;
  name: string;
  currency: string;
  owedMinor: number;
  lines: ShortOrder["lines"];
}

/** Orders of which something does not come, and what is to be paid back for it. */
export function makeShortOrders(
  { db }: ServiceDeps,
  { audit, payments }: { audit: AuditService; payments: Payments },
): Pick<BackOrdersService, "listShortOrders" | "payBack"> {
  return {
    async listShortOrders(cycleId, supplierId) {
      const { rows } = await db.execute<Row>(sql`
        select orders.id, orders.reference, ${buyerName} as name, orders.currency, ${owedOf} as "owedMinor",
          json_agg(json_build_object('name', line.name, 'quantity', shortfalls.quantity, 'reason', shortfalls.reason,
            'amountMinor', ${paidForShortfall}) order by line.position, shortfalls.id) as lines
        from cycle_lots as lot join products on products.id = lot.product_id and products.supplier_id = ${supplierId}
        join order_lines as line on line.lot_id = lot.id join shortfalls on shortfalls.order_line_id = line.id
        join orders on orders.id = line.order_id left join users on users.id = orders.user_id
        where lot.cycle_id = ${cycleId} group by orders.id, users.id order by orders.id`);
      return rows.map(({ id, ...row }) => ({ ...row, orderId: Number(id) as OrderId }));
    },
    payBack: (tx, { orderId, by }) => payBack(tx, { orderId, by }, { audit, payments }),
  };
}

async function payBack(
  tx: Tx,
  { orderId, by }: { orderId: OrderId; by: UserId },
  { audit, payments }: { audit: AuditService; payments: Payments },
): Promise<PayBackResult> {
  await tx.execute(sql`select id from orders where id = ${orderId} for update`); // whoever asks at the same moment sees what is asked for
  const { rows } = await tx.execute<{ owed: number; asked: number }>(sql`
    select ${owedOf} as owed, (select count(*)::int from refunds where order_id = orders.id) as asked from orders where id = ${orderId}`);
  const { owed = 0, asked = 0 } = rows[0] ?? {};
  if (owed === 0) return { kind: "nothing" };
  const ask = (amountMinor: number) =>
    payments.requestRefund(tx, {
      orderId,
      amountMinor,
      reason: "shortfall",
      note: "",
      way: "as-it-came",
      by,
      requestKey: `shortfall:${orderId}:${asked}`,
    });
  const first = await ask(owed);
  // something of it went back for another reason: the rest does
  const result = first.kind === "too-much" && first.leftMinor > 0 ? await ask(first.leftMinor) : first;
  if (result.kind === "in-flight") return { kind: "in-flight" };
  if (result.kind === "too-much") return { kind: "nothing" };
  await audit.record(tx, {
    ...{ app: "market", by, action: "refund", subject: `order:${orderId}`, reason: "shortfall", before: null },
    after: { amountMinor: first.kind === "too-much" ? first.leftMinor : owed },
  });
  await endMatter(tx, "not_all_comes", `order:${orderId}`, "It is paid back, from the arrival of the order cycle.");
  return { kind: "requested" };
}
