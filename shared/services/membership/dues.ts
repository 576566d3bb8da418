import { and, eq, isNull, ne, sql } from "drizzle-orm";
import type { MembershipService } from "../../contracts/membership.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import type { DuesId, MembershipId, UserId } from "../../models/ids.ts";
import { DUES_KIND, DUES_PERIODS, type DuesPeriod, type DuesWay, dues } from "../../models/membership.ts";
import { PAID_STATUSES } from "../../models/order-states.ts";
import { duesSql } from "./dues-sql.ts";
import { readRef } from "./kind.ts";
import { noMembership } from "./own.ts";
import type { MembershipParts } from "./parts.ts";

/** All of the money went back, or is on its way. */
const ENDED: readonly string[] = ["refunded", "refund_due"];

/** Dues that are settled, through the cart or by hand. */
export function makeDues(
  deps: ServiceDeps,
  { audit, orders }: MembershipParts,
): Pick<MembershipService, "settleOrder" | "noteDues" | "takeBackDues"> {
  return {
    async settleOrder(tx, orderId) {
      const found = await orders.findKindLines(orderId, DUES_KIND);
      if (found === null) return;
      const isPaid = PAID_STATUSES.some((status) => status === found.status);
      for (const line of found.lines) {
        const id = readRef(line.ref);
        if (id === null) continue;
        const amountMinor = line.quantity * line.unitPriceMinor - line.discountMinor;
        // the period that was paid for: stewards may have changed it since
        const period = DUES_PERIODS.find((one) => one === line.metadata["period"]) ?? null;
        if (isPaid) await settle(tx, deps, id, { way: "cart", amountMinor, note: "", orderLineId: line.id, period, notedBy: null });
        else if (ENDED.includes(found.status)) await takeBack(tx, eq(dues.orderLineId, line.id));
      }
    },
    async noteDues(tx, { membershipId, way, amountMinor, note, by }) {
      const settled = await settle(tx, deps, membershipId, { way, amountMinor, note, orderLineId: null, period: null, notedBy: by });
      if (settled === null) return { kind: "no-dues" };
      await audit.record(tx, {
        ...{ app: "account", by, action: way === "cash" ? "note dues" : "waive dues", subject: `membership:${membershipId}`, reason: note },
        ...{ before: { paidUntil: settled.before }, after: { paidUntil: settled.after, amountMinor } },
      });
      return { kind: "noted" };
    },
    async takeBackDues(tx, duesId: DuesId, by) {
      const gone = await takeBack(tx, and(eq(dues.id, duesId), ne(dues.way, "cart")));
      if (gone === null) return false;
      const { membershipId, ...before } = gone;
      await audit.record(tx, {
        ...{ app: "account", by, action: "take back dues", subject: `membership:${membershipId}`, reason: "They were noted by mistake" },
        ...{ before, after: null },
      });
      return true;
    },
  };
}

interface Settled {
  readonly way: DuesWay;
  readonly amountMinor: number;
  readonly note: string;
  readonly orderLineId: number | null;
  /** Null: the group's. */
  readonly period: DuesPeriod | null;
  readonly notedBy: UserId | null;
}

/** The next period is settled; null: there is nothing to settle, or it was settled before by the same line. */
async function settle(
  tx: Tx,
  deps: ServiceDeps,
  id: MembershipId,
  { period, ...settled }: Settled,
): Promise<{ before: string | null; after: string } | null> {
  const { rowCount } = await tx.execute(sql`select from memberships where id = ${id} for no key update`); // two that are paid come one after the other
  if (rowCount === 0) {
    if (settled.orderLineId === null) throw noMembership();
    return null; // whoever paid is gone, and so is what they were in
  }
  const next = duesSql(deps, period === null ? undefined : sql`${period}::text`);
  const { rows } = await tx.execute<{ before: string | null; from_on: string; until_on: string | null; currency: string }>(sql`
    select m.paid_until::text as before, ${next.from}::text as from_on, ${next.until}::text as until_on, g.currency
    from memberships as m join groups as g on g.id = m.group_id where m.id = ${id}`);
  const [found] = rows;
  if (found === undefined || found.until_on === null) return null;
  const { from_on: fromOn, until_on: untilOn, currency } = found;
  const [made] = await tx
    .insert(dues)
    .values({ membershipId: id, currency, fromOn, untilOn, ...settled })
    .onConflictDoNothing({ target: dues.orderLineId })
    .returning({ id: dues.id });
  if (made === undefined) return null;
  await count(tx, id);
  return { before: found.before, after: untilOn };
}

async function takeBack(
  tx: Tx,
  which: ReturnType<typeof and>,
): Promise<{ membershipId: MembershipId; untilOn: string; amountMinor: number } | null> {
  const [gone] = await tx
    .update(dues)
    .set({ takenBackAt: sql`now()` })
    .where(and(which, isNull(dues.takenBackAt)))
    .returning({ membershipId: dues.membershipId, untilOn: dues.untilOn, amountMinor: dues.amountMinor });
  if (gone === undefined) return null;
  await count(tx, gone.membershipId);
  return gone;
}

/** Until when it is paid follows from what was settled, whatever was taken back of it. */
async function count(tx: Tx, id: MembershipId): Promise<void> {
  await tx.execute(sql`
    update memberships set paid_until = (select max(until_on) from dues where membership_id = ${id} and taken_back_at is null) where id = ${id}`);
}
