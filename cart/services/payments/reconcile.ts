import type { Merchant, SeenTransaction } from "@rose-ash/shared/contracts/payments.ts";
import type { AttemptId } from "@rose-ash/shared/models/ids.ts";
import { type HistoryItem, SumUpError } from "../sumup/index.ts";
import type { PaymentParts } from "./parts.ts";

/**
 * Compares what SumUp did for one merchant with what stands here. Gives whether there was one to compare. look: reads and settles a
 * payment: what came without a webhook comes here.
 */
export async function reconcile(parts: PaymentParts, look: (id: AttemptId) => Promise<unknown>): Promise<boolean> {
  const { services, transaction } = parts;
  const claimed = await transaction((tx) => services.payments.claimReconciliation(tx));
  if (claimed === null) return false;
  const { merchant, since, until } = claimed;
  const client = await parts.clientFor(merchant.code);
  try {
    if (client === null) throw new SumUpError("refused", { status: 0, code: "", message: "There is no key for this merchant." });
    for (const item of await client.listChanges(since)) await compare(parts, look, merchant, seenOf(item));
    await transaction((tx) => services.payments.endReconciliation(tx, merchant.id, { until }));
  } catch (error) {
    if (!(error instanceof SumUpError)) throw error;
    await transaction((tx) => services.payments.endReconciliation(tx, merchant.id, { trouble: error.message }));
  }
  return true;
}

async function compare(
  { services, transaction }: PaymentParts,
  look: (id: AttemptId) => Promise<unknown>,
  merchant: Merchant,
  seen: SeenTransaction,
): Promise<void> {
  const first = await transaction((tx) => services.payments.compare(tx, merchant, seen, false));
  for (const id of first.look) await look(id);
  await transaction((tx) => services.payments.compare(tx, merchant, seen, true));
}

function seenOf({ paymentType, ...item }: HistoryItem): SeenTransaction {
  return { ...item, isOnline: paymentType === "ECOM" || paymentType === "APM" };
}
