import { asc, eq, sql } from "drizzle-orm";
import type { Balance, PostingRow } from "../../contracts/payments.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { orders } from "../../models/cart.ts";
import type { OrderId } from "../../models/ids.ts";
import { type EntryKind, ledgerEntries, postings } from "../../models/ledger.ts";
import { receipts } from "../../models/payments.ts";
import type { RefundPart, VatPart } from "./vat-split.ts";

interface Side {
  account: string;
  amountMinor: number;
}

export interface NewEntry {
  /** Of what it records: a second one with the same key is none. */
  key: string;
  kind: EntryKind;
  orderId: OrderId | null;
  /** "user:<id>"; null: nobody. */
  by: string | null;
  currency: string;
  /** The day the money came or went, "2026-11-27"; null: that on which it is recorded. */
  valueOn: string | null;
  sides: readonly Side[];
}

/** Writes an entry. False: it was written before. The commit fails where its sides don't come to nothing. */
export async function record(tx: Tx, { key, kind, orderId, by, currency, valueOn, sides }: NewEntry): Promise<boolean> {
  const written = tx.insert(ledgerEntries).values({ key, kind, orderId, recordedBy: by, valueOn }).onConflictDoNothing();
  const [entry] = await written.returning({ id: ledgerEntries.id });
  if (entry === undefined) return false;
  const full = sides.filter(({ amountMinor }) => amountMinor !== 0);
  await tx.insert(postings).values(full.map((side) => ({ ...side, currency, entryId: entry.id })));
  return true;
}

/** What a sale gives to the accounts of its classes: net and tax apart, and what nobody paid beside what it would have been. Below nothing, as they give it. */
export function salesSides(parts: readonly VatPart[]): readonly Side[] {
  return parts.flatMap(({ vatClass, grossMinor, vatMinor, offNetMinor }) => [
    { account: `sales:${vatClass}`, amountMinor: vatMinor - grossMinor - offNetMinor },
    { account: `discounts:${vatClass}`, amountMinor: offNetMinor },
    { account: `vat:${vatClass}`, amountMinor: -vatMinor },
  ]);
}

/** What a refund takes from them again; sales stay as they were, and what went back stands beside them. */
export function refundSides(parts: readonly RefundPart[]): readonly Side[] {
  return parts.flatMap(({ vatClass, grossMinor, vatMinor }) => [
    { account: `refunds:${vatClass}`, amountMinor: grossMinor - vatMinor },
    { account: `vat:${vatClass}`, amountMinor: vatMinor },
  ]);
}

/** What every account has. */
export async function listBalances(db: ServiceDeps["db"]): Promise<readonly Balance[]> {
  const amountMinor = sql<string>`sum(${postings.amountMinor})`;
  const rows = await db
    .select({ account: postings.account, currency: postings.currency, amountMinor })
    .from(postings)
    .groupBy(postings.account, postings.currency)
    .orderBy(asc(postings.account), asc(postings.currency));
  return rows.map((row) => ({ ...row, amountMinor: Number(row.amountMinor) }));
}

/** A month of the ledger, side by side. month: "2026-11", in this zone. */
export async function listPostings(db: ServiceDeps["db"], month: string, timeZone: string): Promise<readonly PostingRow[]> {
  const begin = sql`(${`${month}-01`}::timestamp at time zone ${timeZone})`;
  const end = sql`((${`${month}-01`}::timestamp + interval '1 month') at time zone ${timeZone})`;
  const { id, recordedAt, kind } = ledgerEntries;
  return db
    .select({
      ...{ entryId: id, recordedAt, kind, account: postings.account, amountMinor: postings.amountMinor, currency: postings.currency },
      orderReference: sql<string>`coalesce(${orders.reference}, '')`,
      valueOn: sql<string>`coalesce(${ledgerEntries.valueOn}, (${recordedAt} at time zone ${timeZone})::date)::text`,
      receipt: sql<string>`coalesce(${receipts.year} || '-' || ${receipts.number}, '')`,
    })
    .from(postings)
    .innerJoin(ledgerEntries, eq(id, postings.entryId))
    .leftJoin(orders, eq(orders.id, ledgerEntries.orderId))
    .leftJoin(receipts, eq(receipts.orderId, orders.id))
    .where(sql`${recordedAt} >= ${begin} and ${recordedAt} < ${end}`)
    .orderBy(asc(recordedAt), asc(id), asc(postings.id));
}
