import { and, asc, desc, eq, exists, type SQL, sql } from "drizzle-orm";
import type { OrderFilter, OrderRow } from "../../contracts/orders.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { orders } from "../../models/cart.ts";
import { users } from "../../models/identity.ts";
import { merchants } from "../../models/merchants.ts";
import { buyerName } from "./reads.ts";

const PER_PAGE = 30;

type Db = ServiceDeps["db"];

const hasMatter = sql<boolean>`exists (select from payment_matters where payment_matters.order_id = ${orders.id} and resolved_at is null)`;

/** One page of orders behind the counter, newest first. page: from 1. */
export async function listOrders(db: Db, filter: OrderFilter, { page, timeZone }: { page: number; timeZone: string }) {
  const [counted] = await db
    .select({ count: sql<number>`count(*)::int` })
    .from(orders)
    .leftJoin(users, eq(users.id, orders.userId))
    .leftJoin(merchants, eq(merchants.id, orders.merchantId))
    .where(conditionsOf(filter, timeZone));
  const rows = await listMatching(db, filter, { timeZone, most: PER_PAGE, skip: (page - 1) * PER_PAGE });
  return { page, pageCount: Math.max(1, Math.ceil((counted?.count ?? 0) / PER_PAGE)), orders: rows };
}

export function listMatching(
  db: Db,
  filter: OrderFilter,
  { timeZone, most, skip }: { timeZone: string; most: number; skip: number },
): Promise<OrderRow[]> {
  const { reference, totalMinor, refundedMinor, currency, createdAt: placedAt } = orders;
  return db
    .select({ reference, status: orders.status, buyerName, totalMinor, refundedMinor, currency, placedAt, hasMatter })
    .from(orders)
    .leftJoin(users, eq(users.id, orders.userId))
    .leftJoin(merchants, eq(merchants.id, orders.merchantId))
    .where(conditionsOf(filter, timeZone))
    .orderBy(desc(orders.createdAt), desc(orders.id))
    .limit(most)
    .offset(skip);
}

function conditionsOf({ status, words, from, until, merchant, hasMatter: onlyMatters }: OrderFilter, timeZone: string): SQL | undefined {
  const wanted = `%${words.replace(/[\\%_]/g, "\\$&")}%`;
  const beginOf = (day: string, plusDays: number) => sql`((${day}::date + ${plusDays}::int)::timestamp at time zone ${timeZone})`;
  return and(
    status === null ? undefined : eq(orders.status, status),
    words === "" ? undefined : sql`(${orders.reference} ilike ${wanted} or ${buyerName} ilike ${wanted})`,
    from === null ? undefined : sql`${orders.createdAt} >= ${beginOf(from, 0)}`,
    until === null ? undefined : sql`${orders.createdAt} < ${beginOf(until, 1)}`,
    merchant === null ? undefined : eq(merchants.code, merchant),
    onlyMatters ? hasMatter : undefined,
  );
}

/** Those whom orders paid. */
export function listMerchants(db: Db): Promise<{ code: string; name: string }[]> {
  const ofMerchant = db.select({ id: orders.id }).from(orders).where(eq(orders.merchantId, merchants.id));
  return db
    .select({ code: merchants.code, name: merchants.name })
    .from(merchants)
    .where(exists(ofMerchant))
    .orderBy(asc(merchants.name), asc(merchants.id));
}
