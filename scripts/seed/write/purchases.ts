import { orderLines, orders } from "@rose-ash/shared/models/cart.ts";
import { calendarEntries } from "@rose-ash/shared/models/events.ts";
import type { ProductId, UserId } from "@rose-ash/shared/models/ids.ts";
import { merchants } from "@rose-ash/shared/models/merchants.ts";
import { tickets, ticketTypes } from "@rose-ash/shared/models/tickets.ts";
import { and, eq, inArray } from "drizzle-orm";
import { PRODUCTS } from "../content/products/index.ts";
import { MERCHANT, ORDER, TICKETS } from "../content/purchases.ts";
import { daysBefore, type SeedContext } from "../context.ts";
import { type Ids, idOf, idsOf } from "../keyed.ts";
import type { PlannedEntry } from "../time/plan-month.ts";

/** Who is paid in the shop, where nobody is: by the payment simulator, as there are no keys. */
export async function writeMerchant({ tx }: SeedContext): Promise<void> {
  await tx.insert(merchants).values({ code: MERCHANT.code, name: MERCHANT.name, isDefault: true }).onConflictDoNothing();
}

/** Makes the paid order, once. Returns how many it made. */
export async function writeOrder({ tx, now }: SeedContext, people: Ids<UserId>, products: Ids<ProductId>): Promise<number> {
  const lines = ORDER.lines.map(({ product: slug, quantity }, position) => {
    const product = PRODUCTS.find((each) => each.slug === slug);
    if (product === undefined) throw new Error(`the order names "${slug}", which is not there`);
    return { productId: idOf(products, slug), name: product.name, quantity, unitPriceMinor: product.priceMinor, position };
  });
  const totalMinor = lines.reduce((sum, line) => sum + line.quantity * line.unitPriceMinor, 0);
  const createdAt = daysBefore(now, ORDER.daysAgo);
  const row = {
    reference: ORDER.reference,
    userId: idOf(people, ORDER.buyer),
    status: "paid",
    totalMinor,
    createdAt,
    paidAt: createdAt,
  } as const;
  const [order] = await tx.insert(orders).values(row).onConflictDoNothing().returning({ id: orders.id });
  if (order === undefined) return 0;
  await tx.insert(orderLines).values(lines.map((line) => ({ ...line, orderId: order.id })));
  return 1;
}

/** Makes the tickets whose codes are not there, for the next entry of each kind. Returns how many it made. */
export async function writeTickets({ tx, now }: SeedContext, people: Ids<UserId>, planned: readonly PlannedEntry[]): Promise<number> {
  const codes = TICKETS.map((ticket) => ticket.code);
  const known = new Set((await tx.select({ code: tickets.code }).from(tickets).where(inArray(tickets.code, codes))).map((row) => row.code));
  const missing = TICKETS.filter((ticket) => !known.has(ticket.code)).map((ticket) => ({
    ...ticket,
    slug: nextOf(ticket.entry, planned, now),
  }));
  if (missing.length === 0) return 0;
  const slugs = missing.map((ticket) => ticket.slug);
  const found = await tx
    .select({ key: calendarEntries.slug, id: ticketTypes.id })
    .from(ticketTypes)
    .innerJoin(calendarEntries, eq(calendarEntries.id, ticketTypes.entryId))
    .where(and(inArray(calendarEntries.slug, slugs), eq(ticketTypes.position, 0)));
  const typeIds = idsOf(found);
  const rows = missing.map(({ code, holder, slug }) => ({ code, userId: idOf(people, holder), ticketTypeId: idOf(typeIds, slug) }));
  await tx.insert(tickets).values(rows);
  return rows.length;
}

/** The slug of the first of these entries that is still to come. */
export function nextOf(entry: string, planned: readonly PlannedEntry[], now: Date): string {
  const next = planned.find((each) => each.entry.slug === entry && each.startsAt > now);
  if (next === undefined) throw new Error(`"${entry}" does not come again`);
  return next.slug;
}
