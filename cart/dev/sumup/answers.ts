import { refundedOf, type SimulatedCheckout, type SimulatedTransaction } from "./simulator.ts";

/** A body of SumUp's, with its status; type: of its content, where it is not plain JSON. */
export interface Answer {
  status: number;
  body: unknown;
  type?: string;
}

const PROBLEM = "application/problem+json";

export const unauthorized = (): Answer => ({
  status: 401,
  body: { type: "https://developer.sumup.com/problem/unauthorized", title: "Unauthorized", status: 401, detail: "Unauthorized." },
});
export const notFound = (): Answer => ({ status: 404, body: { error_code: "NOT_FOUND", message: "Resource not found" } });
export const missing = (param: string): Answer => ({
  status: 400,
  body: { error_code: "MISSING", message: "Validation error: required", param },
});
export const invalid = (param: string): Answer => ({ status: 400, body: { error_code: "INVALID", message: "Validation error", param } });
export const duplicated = (): Answer => ({
  status: 409,
  body: { error_code: "DUPLICATED_CHECKOUT", message: "Checkout with this checkout reference and pay to email already exists" },
});
export const processed = (): Answer => ({
  status: 409,
  body: { error_code: "CHECKOUT_PROCESSED", message: "Checkout is already processed" },
});

/** One of the refunds' own errors. */
export function problem(status: 400 | 404 | 409 | 422, detail: string, extra: Record<string, unknown> = {}): Answer {
  const titles = { 400: "bad-request", 404: "not-found", 409: "conflict", 422: "unprocessable-entity" };
  const type = `https://developer.sumup.com/problem/${titles[status]}`;
  return { status, type: PROBLEM, body: { type, title: titles[status], status, detail, ...extra } };
}

/** A checkout as SumUp answers it. hostedUrl: where its page is. */
export function checkoutBody(checkout: SimulatedCheckout, hostedUrl: string): Record<string, unknown> {
  const paid = checkout.transactions.find(({ status }) => status !== "FAILED");
  return {
    id: checkout.id,
    checkout_reference: checkout.reference,
    amount: checkout.amount,
    currency: checkout.currency,
    merchant_code: checkout.merchantCode,
    merchant_name: "A simulated merchant",
    description: checkout.description,
    purpose: "CHECKOUT",
    status: checkout.status,
    date: checkout.createdAt.toISOString(),
    valid_until: checkout.validUntil?.toISOString() ?? null,
    ...(checkout.returnUrl !== null && { return_url: checkout.returnUrl }),
    ...(checkout.redirectUrl !== null && { redirect_url: checkout.redirectUrl }),
    ...(checkout.isHosted && { hosted_checkout: { enabled: true }, hosted_checkout_url: hostedUrl }),
    ...(paid !== undefined && { transaction_id: paid.id, transaction_code: paid.code }),
    transactions: checkout.transactions.map((transaction) => ({
      ...base(checkout, transaction),
      entry_mode: "CUSTOMER_ENTRY",
      auth_code: "012345",
    })),
  };
}

/** A payment with what became of it. */
export function transactionBody(checkout: SimulatedCheckout, transaction: SimulatedTransaction): Record<string, unknown> {
  const events = transaction.refunds.map(({ id, amount, at }) => ({
    id,
    type: "REFUND",
    status: "REFUNDED",
    amount,
    timestamp: at.toISOString(),
    transaction_id: transaction.id,
  }));
  return {
    ...base(checkout, transaction),
    simple_status: transaction.isChargedBack ? "CHARGEBACK" : transaction.status,
    product_summary: checkout.description,
    transaction_events: events.map(({ type, transaction_id: _id, ...event }) => ({
      ...event,
      event_type: type,
      date: event.timestamp.slice(0, 10),
    })),
    events,
  };
}

/** Its lines in the history: the payment, and each charge-back and refund by itself. */
export function historyItems(checkout: SimulatedCheckout, transaction: SimulatedTransaction): Record<string, unknown>[] {
  const line = {
    ...base(checkout, transaction),
    transaction_id: transaction.id,
    user: "merchant@example.com",
    refunded_amount: refundedOf(transaction),
  };
  const isBack = transaction.isChargedBack ? [{ ...line, type: "CHARGE_BACK", timestamp: transaction.changedAt.toISOString() }] : [];
  const refunds = transaction.refunds.map(({ amount, at }) => ({ ...line, type: "REFUND", amount, timestamp: at.toISOString() }));
  return [{ ...line, type: "PAYMENT" }, ...refunds, ...isBack];
}

function base({ currency, merchantCode }: SimulatedCheckout, { id, code, amount, at, status }: SimulatedTransaction) {
  return {
    id,
    transaction_code: code,
    amount,
    currency,
    timestamp: at.toISOString(),
    status,
    payment_type: "ECOM",
    installments_count: 1,
    merchant_code: merchantCode,
  };
}
