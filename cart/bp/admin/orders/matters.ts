import type { Matter } from "@rose-ash/shared/contracts/payments.ts";
import type { MatterKind } from "@rose-ash/shared/models/payments.ts";

/** What happened, and what to do: docs/payments.md says the same at length. */
const WORDS: Readonly<Record<MatterKind, { title: string; todo: string }>> = {
  amount_differs: {
    title: "Another amount was paid",
    todo: "Nothing was handed out. Pay it back in SumUp’s dashboard, and ask the buyer to pay anew.",
  },
  currency_differs: {
    title: "Paid in another currency",
    todo: "Nothing was handed out. Pay it back in SumUp’s dashboard, and ask the buyer to pay anew.",
  },
  merchant_differs: { title: "Paid to another merchant", todo: "Nothing is ours to hand out. Ask SumUp, with the checkout’s number." },
  reference_differs: {
    title: "SumUp answers for another order",
    todo: "Nothing is ours to hand out. Ask SumUp, with the checkout’s number.",
  },
  transaction_differs: { title: "A payment that does not add up", todo: "Look the checkout up at SumUp, and pay back what is too much." },
  paid_twice: {
    title: "Paid twice",
    todo: "The second payment goes back by itself, and this ends with it. If it stays, look at the refund.",
  },
  refund_refused: { title: "SumUp would not refund", todo: "Send it again, or refund in the dashboard and say that it was done." },
  refund_unknown: { title: "Nobody knows whether a refund was done", todo: "Compare with the dashboard, then say what became of it." },
  refunded_elsewhere: { title: "Refunded outside of this site", todo: "Find out who did it, and note it here." },
  charge_back: {
    title: "The buyer’s bank took the money back",
    todo: "Answer SumUp’s letter with order and receipt. Don’t hand out what is still here.",
  },
  unknown_payment: {
    title: "A payment that no order explains",
    todo: "Find it in the dashboard: a checkout made by hand there, or another shop with this account.",
  },
  checkout_refused: {
    title: "SumUp won’t take a payment",
    todo: "Its words say why: the key, the merchant, the currency. The buyer can press “Pay” again.",
  },
  key_missing: {
    title: "There is no key of the merchant",
    todo: "What became of this can’t be read at SumUp. Bring the key, under Merchants, and it goes on by itself; or look it up in the dashboard, and say it here.",
  },
  not_all_comes: {
    title: "Something that was paid for does not come",
    todo: "The order says what, and for how much: give it back there, as its buyer was told.",
  },
};

/** A matter with its words; facts: what was seen, as names and values. */
export function matterView(matter: Matter) {
  const facts = Object.entries(matter.detail).map(([name, value]) => ({ name, value: String(value ?? "—") }));
  const isOfRefund = matter.subject.startsWith("refund:");
  const isRefund = matter.kind === "refund_refused" || matter.kind === "refund_unknown" || (matter.kind === "key_missing" && isOfRefund);
  return { ...matter, ...WORDS[matter.kind], facts, isRefund, isKeyMissing: matter.kind === "key_missing" && !isOfRefund };
}
