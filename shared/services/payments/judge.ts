import type { SeenCheckout } from "../../contracts/payments.ts";
import type { MatterDetail, MatterKind } from "../../models/payments.ts";

/** What was asked for. */
export interface Asked {
  reference: string;
  merchantCode: string;
  amountMinor: number;
  currency: string;
}

export type Verdict =
  | { kind: "waiting"; status: string }
  | { kind: "over" }
  | { kind: "paid"; transactionId: string; transactionCode: string }
  | { kind: "differs"; matter: MatterKind; detail: MatterDetail };

/**
 * What a checkout means for the payment that we asked for. Only PAID with everything as it was asked, in minor units, by one
 * successful transaction of the same amount, is paid: that a callback is genuine says nothing about its amount.
 */
export function judge(asked: Asked, seen: SeenCheckout): Verdict {
  if (seen.status === "EXPIRED") return { kind: "over" };
  if (seen.status !== "PAID") return { kind: "waiting", status: seen.status };
  const differs = (matter: MatterKind, want: string | number, got: string | number | null): Verdict => ({
    kind: "differs",
    matter,
    detail: { asked: want, seen: got, amountMinor: seen.amountMinor, currency: seen.currency, merchant: seen.merchantCode },
  });
  if (seen.reference !== asked.reference) return differs("reference_differs", asked.reference, seen.reference);
  if (seen.merchantCode !== asked.merchantCode) return differs("merchant_differs", asked.merchantCode, seen.merchantCode);
  if (seen.currency !== asked.currency) return differs("currency_differs", asked.currency, seen.currency);
  if (seen.amountMinor !== asked.amountMinor) return differs("amount_differs", asked.amountMinor, seen.amountMinor);
  const successful = seen.transactions.filter(({ status }) => status === "SUCCESSFUL" || status === "REFUNDED");
  const [transaction] = successful;
  if (transaction === undefined || successful.length > 1) return differs("transaction_differs", 1, successful.length);
  if (transaction.currency !== asked.currency) return differs("currency_differs", asked.currency, transaction.currency);
  if (transaction.amountMinor !== asked.amountMinor) return differs("amount_differs", asked.amountMinor, transaction.amountMinor);
  return { kind: "paid", transactionId: transaction.id, transactionCode: transaction.code };
}
