import { eq, sql } from "drizzle-orm";
import type { Tx } from "../../contracts/tx.ts";
import type { MerchantId, OrderId } from "../../models/ids.ts";
import { merchants } from "../../models/merchants.ts";
import { receiptCounters, receipts } from "../../models/payments.ts";

/**
 * The next number of the merchant's year, for an order that has just been paid. It comes last in its transaction: the counter's row
 * is locked from here to the commit, and a transaction that is rolled back gives its number back. timeZone: whose New Year counts.
 */
export async function issueReceipt(tx: Tx, orderId: OrderId, merchantId: MerchantId, timeZone: string): Promise<void> {
  const year = sql<number>`extract(year from now() at time zone ${timeZone})::int`;
  const [counter] = await tx
    .insert(receiptCounters)
    .values({ merchantId, year, last: 1 })
    .onConflictDoUpdate({ target: [receiptCounters.merchantId, receiptCounters.year], set: { last: sql`${receiptCounters.last} + 1` } })
    .returning({ year: receiptCounters.year, number: receiptCounters.last });
  if (counter === undefined) throw new Error("an upsert returns its row");
  const { name: sellerName, address: sellerAddress, vatId: sellerVatId } = merchants;
  const [seller] = await tx.select({ sellerName, sellerAddress, sellerVatId }).from(merchants).where(eq(merchants.id, merchantId));
  await tx.insert(receipts).values({ orderId, merchantId, ...counter, ...seller });
}
