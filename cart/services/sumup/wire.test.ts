import { describe, expect, it } from "vitest";
import { readTransaction } from "./wire.ts";

const PAID = { id: "t-1", amount: 10, currency: "GBP", status: "SUCCESSFUL" };
const refundedOf = (more: object) => readTransaction({ ...PAID, ...more }).refundedMinor;

describe("what has gone back of a payment", () => {
  it("is not known where SumUp sends no list, or lists that are silent about a refund", () => {
    expect(refundedOf({})).toBeNull();
    expect(refundedOf({ status: "REFUNDED", transaction_events: [], events: [] })).toBeNull();
    expect(refundedOf({ simple_status: "REFUNDED", events: [{ id: 1, type: "PAYOUT", amount: 10 }] })).toBeNull();
  });

  it("is nothing where a list has no refund", () => {
    expect(refundedOf({ transaction_events: [] })).toBe(0);
    expect(refundedOf({ events: [{ id: 1, type: "PAYOUT", amount: 10 }] })).toBe(0);
  });

  it("is in both lists together, each refund once", () => {
    const transaction_events = [{ id: 1, event_type: "REFUND", status: "REFUNDED", amount: 3 }];
    const events = [
      { id: 1, type: "REFUND", status: "REFUNDED", amount: 3 },
      { id: 2, type: "REFUND", status: "PENDING", amount: 1.5 },
      { id: 3, type: "REFUND", status: "FAILED", amount: 4 },
    ];
    expect(refundedOf({ transaction_events, events })).toBe(450);
    expect(refundedOf({ transaction_events: [], events })).toBe(450);
    expect(refundedOf({ transaction_events, events: [] })).toBe(300);
    expect(refundedOf({ events: [{ type: "REFUND" }] })).toBeNull();
  });
});
