import type { Tx } from "../../contracts/tx.ts";
import type { MerchantId, OrderId } from "../../models/ids.ts";
import { issueReceipt } from "../orders/issue-receipt.ts";
import { moveOrder } from "../orders/move-order.ts";
import { takeStock } from "../orders/reserve.ts";
import { record, salesSides } from "./ledger.ts";
import { vatPartsOf } from "./settle.ts";

/** An order that costs nothing is paid as soon as it is placed: its stock is reserved already. What discounts took off stands in the ledger. */
export async function completeFree(
  tx: Tx,
  orderId: OrderId,
  { merchantId, currency, timeZone }: { merchantId: MerchantId; currency: string; timeZone: string },
): Promise<void> {
  if (!(await takeStock(tx, orderId))) throw new Error("what was reserved in this transaction is there");
  await moveOrder(tx, orderId, { to: "paid", by: "payment" });
  const sides = salesSides(await vatPartsOf(tx, orderId)).filter(({ amountMinor }) => amountMinor !== 0);
  const entry = { key: `sale:order:${orderId}`, kind: "sale", orderId, by: null, currency, valueOn: null } as const;
  if (sides.length > 0) await record(tx, { ...entry, sides });
  await issueReceipt(tx, orderId, merchantId, timeZone);
}
