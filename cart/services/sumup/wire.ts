import { z } from "zod";
import { toMinor } from "./amounts.ts";
import { unreadable } from "./sumup-error.ts";

const CHECKOUT_STATUSES = ["PENDING", "FAILED", "PAID", "EXPIRED"] as const;

/** A payment within a checkout. amountMinor null: what was said is no amount of its currency. */
export interface CheckoutTransaction {
  readonly id: string;
  readonly code: string;
  readonly amountMinor: number | null;
  readonly currency: string;
  readonly status: string;
}

/** A checkout as SumUp has it. FAILED is its latest try, not its end. amountMinor null: what was said is no amount of its currency. */
export interface Checkout {
  readonly id: string;
  readonly reference: string;
  readonly amountMinor: number | null;
  readonly currency: string;
  readonly merchantCode: string;
  readonly status: (typeof CHECKOUT_STATUSES)[number];
  readonly hostedUrl: string | null;
  readonly transactions: readonly CheckoutTransaction[];
}

/** What happened to a payment. refundedMinor: all that went back or is going back, by its events; null: they don't say. */
export interface Transaction {
  readonly id: string;
  readonly amountMinor: number | null;
  readonly currency: string;
  readonly status: string;
  readonly refundedMinor: number | null;
}

/** A line of the history. type: PAYMENT, REFUND or CHARGE_BACK. */
export interface HistoryItem {
  readonly transactionId: string;
  readonly code: string;
  readonly type: string;
  readonly status: string;
  readonly amountMinor: number | null;
  readonly currency: string;
  readonly refundedMinor: number | null;
  /** ECOM: online; whatever is not said counts as that. */
  readonly paymentType: string;
}

const text = z.string().min(1).max(300);

// SumUp's specification marks nothing in its answers as required: what we rely on is required here
const wireTransaction = z.object({
  id: text,
  transaction_code: z.string().catch(""),
  amount: z.number(),
  currency: text,
  status: text,
});
const wireCheckout = z.object({
  id: text,
  checkout_reference: text,
  amount: z.number(),
  currency: text,
  merchant_code: text,
  status: z.enum(CHECKOUT_STATUSES),
  hosted_checkout_url: z.url({ protocol: /^https?$/ }).optional(),
  transactions: z.array(wireTransaction).default([]),
});
const refundEvent = z.object({
  id: z.union([z.string(), z.number()]).optional(),
  event_type: z.string().optional(),
  type: z.string().optional(),
  status: z.string().optional(),
  amount: z.number().optional(),
});
const wireFull = z.object({
  id: text,
  amount: z.number(),
  currency: text,
  status: text,
  simple_status: z.string().optional(),
  transaction_events: z.array(refundEvent).optional(),
  events: z.array(refundEvent).optional(),
});
const wireItem = z.object({
  transaction_id: text,
  transaction_code: z.string().catch(""),
  type: text,
  status: text,
  amount: z.number(),
  currency: text,
  refunded_amount: z.number().optional(),
  payment_type: z.string().optional(),
});
const wireHistory = z.object({
  items: z.array(wireItem),
  links: z.array(z.object({ rel: z.string(), href: z.string() })).default([]),
});

export function readCheckout(body: unknown): Checkout {
  return checkoutOf(understand(wireCheckout, body));
}

export function readCheckouts(body: unknown): readonly Checkout[] {
  return understand(z.array(wireCheckout), body).map(checkoutOf);
}

export function readTransaction(body: unknown): Transaction {
  const full = understand(wireFull, body);
  const { id, amount, currency } = full;
  return {
    id,
    amountMinor: toMinor(amount, currency),
    currency,
    status: full.simple_status ?? full.status,
    refundedMinor: refundedOf(full),
  };
}

/** The sum of both lists, of which each may lack what the other has. Null: neither came, or they are silent about a refund that was. */
function refundedOf({ currency, status, simple_status, transaction_events, events }: z.output<typeof wireFull>): number | null {
  if (transaction_events === undefined && events === undefined) return null;
  const parts = new Map<string, number | null>();
  for (const list of [transaction_events ?? [], events ?? []]) {
    for (const [index, { id, amount }] of list.filter(isRefund).entries()) {
      parts.set(id === undefined ? `nth ${index}` : `id ${id}`, amount === undefined ? null : toMinor(amount, currency));
    }
  }
  let sumMinor = 0;
  for (const part of parts.values()) {
    if (part === null) return null;
    sumMinor += part;
  }
  return sumMinor === 0 && [status, simple_status].includes("REFUNDED") ? null : sumMinor;
}

/** next: the query of the page after this one; null: there is none. */
export function readHistory(body: unknown): { items: readonly HistoryItem[]; next: string | null } {
  const { items, links } = understand(wireHistory, body);
  return {
    items: items.map((item) => ({
      transactionId: item.transaction_id,
      code: item.transaction_code,
      type: item.type,
      status: item.status,
      amountMinor: toMinor(item.amount, item.currency),
      currency: item.currency,
      refundedMinor: item.refunded_amount === undefined ? null : toMinor(item.refunded_amount, item.currency),
      paymentType: item.payment_type ?? "ECOM",
    })),
    next: links.find(({ rel }) => rel === "next")?.href ?? null,
  };
}

function checkoutOf(wire: z.output<typeof wireCheckout>): Checkout {
  return {
    id: wire.id,
    reference: wire.checkout_reference,
    amountMinor: toMinor(wire.amount, wire.currency),
    currency: wire.currency,
    merchantCode: wire.merchant_code,
    status: wire.status,
    hostedUrl: wire.hosted_checkout_url ?? null,
    transactions: wire.transactions.map(({ id, transaction_code: code, amount, currency, status }) => ({
      id,
      code,
      amountMinor: toMinor(amount, currency),
      currency,
      status,
    })),
  };
}

/** A refund that failed gave nothing back. */
function isRefund({ event_type, type, status }: z.output<typeof refundEvent>): boolean {
  return (event_type ?? type) === "REFUND" && status !== "FAILED";
}

function understand<T extends z.ZodType>(schema: T, body: unknown): z.output<T> {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const where = result.error.issues[0]?.path.join(".") ?? "";
  throw unreadable(200, `something that can't be understood${where && ` (${where})`}`);
}
