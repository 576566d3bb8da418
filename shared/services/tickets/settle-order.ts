import { inArray, sql } from "drizzle-orm";
import type { KindLines } from "../../contracts/line-kinds.ts";
import type { OrdersService } from "../../contracts/orders.ts";
import { TICKET_KIND, type TicketsService } from "../../contracts/tickets.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import type { CalendarEntryId, OrderId } from "../../models/ids.ts";
import { PAID_STATUSES } from "../../models/order-states.ts";
import { tickets } from "../../models/tickets.ts";
import { answersOfLine } from "./answers.ts";
import { lockEntry, readEntry } from "./entry-facts.ts";
import { offerPlaces } from "./offers.ts";
import { readRef } from "./ref.ts";
import { newTicketCode, startOf, tellIssued } from "./take.ts";

const ENDED: readonly string[] = ["refunded", "refund_due", "cancelled", "expired"];

/** Makes the tickets of an order agree with where it stands; doing so again changes nothing. */
export function makeSettleOrder(
  deps: ServiceDeps,
  { orders }: { orders: Pick<OrdersService, "findKindLines"> },
): TicketsService["settleOrder"] {
  return async (tx, orderId) => {
    const order = await orders.findKindLines(orderId, TICKET_KIND);
    if (order === null) return;
    const entryIds = [...new Set(order.lines.flatMap(({ ref }) => readRef(ref)?.entryId ?? []))].toSorted((one, other) => one - other);
    for (const entryId of entryIds) await lockEntry(tx, entryId);
    if (PAID_STATUSES.some((status) => status === order.status)) await issue(tx, deps, orderId, order);
    else if (ENDED.includes(order.status)) await takeBack(tx, deps, order, entryIds);
  };
}

/** One ticket for each piece of each line, once: the index tickets_seat decides. */
async function issue(tx: Tx, { clock }: ServiceDeps, orderId: OrderId, order: KindLines): Promise<void> {
  const batch = `order-${orderId}`;
  const holder = order.userId === null ? { email: order.email, holderName: order.buyerName } : { userId: order.userId };
  const starts = new Map<string, Date | null>();
  for (const { ref } of order.lines) {
    const of = readRef(ref);
    const entry = of === null ? null : await readEntry(tx, { id: of.entryId }, { key: of.key, now: clock.now() });
    starts.set(ref, of === null || entry === null ? null : startOf(entry, of));
  }
  const rows = order.lines.flatMap(({ id, ref, quantity, metadata, ...price }) => {
    const of = readRef(ref);
    if (of === null) return [];
    const seat = {
      ticketTypeId: of.typeId,
      occurrenceKey: of.key,
      orderLineId: id,
      batch,
      boughtFor: starts.get(ref) ?? null,
    };
    return Array.from({ length: quantity }, (_, index) => ({
      ...seat,
      ...holder,
      seat: index + 1,
      answers: answersOfLine(metadata, index),
      priceMinor: shareOf({ quantity, ...price }, index + 1),
      code: newTicketCode(),
    }));
  });
  if (rows.length === 0) return;
  const made = await tx.insert(tickets).values(rows).onConflictDoNothing().returning({ id: tickets.id });
  if (made.length > 0) await tellIssued(tx, batch, order.userId);
}

/** What was paid for one seat of a line, so that all of them come to what the line cost. */
function shareOf(line: { quantity: number; unitPriceMinor: number; discountMinor: number }, seat: number): number {
  const paid = line.quantity * line.unitPriceMinor - line.discountMinor;
  const upTo = (count: number) => Math.floor((paid * count) / line.quantity);
  return upTo(seat) - upTo(seat - 1);
}

async function takeBack(tx: Tx, deps: ServiceDeps, { lines }: KindLines, entryIds: readonly CalendarEntryId[]): Promise<void> {
  const lineIds = lines.map(({ id }) => id);
  await tx
    .update(tickets)
    .set({ status: "cancelled", cancelledAt: sql`now()` })
    .where(sql`${inArray(tickets.orderLineId, lineIds)} and ${tickets.status} <> 'cancelled'`);
  for (const entryId of entryIds) await offerPlaces(tx, deps, entryId);
}
