import { sql } from "drizzle-orm";
import { type FoundPage, HOLDINGS_PER_PAGE, type HoldingAsk, type HoldingPage, holdingPage } from "../../contracts/holdings.ts";
import type { HeldOrder, OrdersShown } from "../../contracts/orders.ts";
import type { Db } from "../../infrastructure/db.ts";
import type { UserId } from "../../models/ids.ts";
import { ORDER_STATUSES, type OrderStatus } from "../../models/order-states.ts";
import { containing } from "../holding-words.ts";

const SHOWN: Readonly<Record<OrdersShown, readonly OrderStatus[]>> = {
  all: ORDER_STATUSES,
  waiting: ["pending_payment"],
  "under-way": ["paid", "preparing", "ready", "shipped", "partly_refunded", "refund_due", "disputed"],
  done: ["collected", "done"],
  over: ["expired", "cancelled", "refunded"],
};

type Row = Omit<HeldOrder, "placedAt"> & { placedAt: string };

/** A member's orders in pages, newest first. */
export async function listHeld(
  db: Db,
  userId: UserId,
  { shown, ask, timeZone }: { shown: OrdersShown; ask: HoldingAsk; timeZone: string },
): Promise<HoldingPage<HeldOrder>> {
  const hasWords =
    ask.words === "" ? sql`''` : sql`mine.reference || ' ' || (select string_agg(name, ' ') from order_lines where order_id = mine.id)`;
  const { rows } = await db.execute<FoundPage<Row> & Record<string, unknown>>(sql`
    with mine as materialized (
      select *, extract(year from created_at at time zone ${timeZone})::int as year from orders
      where user_id = ${userId} and status = any(${sql.param([...SHOWN[shown]])}::text[])
    ), worded as (select mine.*, ${hasWords} as words from mine where ${ask.year}::int is null or year = ${ask.year}),
    fit as (select * from worded where ${containing(ask.words)}),
    page as (select * from fit order by created_at desc, id desc limit ${HOLDINGS_PER_PAGE} offset ${(ask.page - 1) * HOLDINGS_PER_PAGE})
    select (select count(*)::int from fit) as total,
      (select coalesce(json_agg(year order by year desc), '[]') from (select distinct year from mine) as years) as years,
      (select coalesce(json_agg(json_build_object('reference', reference, 'status', status, 'totalMinor', total_minor, 'refundedMinor', refunded_minor,
          'isHeld', status = 'pending_payment' and coalesce(hold_until > now(), false),
          'currency', currency, 'placedAt', created_at, 'merchantName', coalesce((select name from merchants where merchants.id = page.merchant_id), ''),
          'hasReceipt', exists (select from receipts where receipts.order_id = page.id),
          'lines', (select coalesce(json_agg(json_build_object('name', name, 'quantity', quantity, 'unitPriceMinor', unit_price_minor) order by position), '[]')
            from order_lines where order_lines.order_id = page.id)) order by created_at desc, id desc), '[]') from page) as items`);
  const found = rows[0] ?? { items: [], total: 0, years: [] };
  return holdingPage(ask, { ...found, items: found.items.map((order) => ({ ...order, placedAt: new Date(order.placedAt) })) });
}
