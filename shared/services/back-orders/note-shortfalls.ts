import type { Tx } from "../../contracts/tx.ts";
import { type ShortfallReason, shortfalls } from "../../models/back-orders.ts";
import { openMatter } from "../payments/matters.ts";
import type { Buyer } from "./read-lots.ts";

/** Writes down what of paid lines does not come, for its buyers, and for staff, who pay it back; pieces: of each buyer, in their order. */
export async function noteShortfalls(tx: Tx, buyers: readonly Buyer[], pieces: readonly number[], reason: ShortfallReason): Promise<void> {
  const short = buyers.flatMap(({ orderLineId, orderId }, at) => {
    const quantity = pieces[at] ?? 0;
    return quantity > 0 ? [{ orderLineId, orderId, reason, quantity }] : [];
  });
  if (short.length === 0) return;
  await tx.insert(shortfalls).values(short);
  for (const orderId of new Set(short.map((one) => one.orderId)))
    await openMatter(tx, { kind: "not_all_comes", subject: `order:${orderId}`, orderId, detail: { reason } });
}
