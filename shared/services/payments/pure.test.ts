import { describe, expect, it } from "vitest";
import type { SeenCheckout } from "../../contracts/payments.ts";
import { ORDER_STATUSES, TRANSITIONS } from "../../models/order-states.ts";
import { vatWithin } from "../../models/vat.ts";
import { type Asked, judge } from "./judge.ts";
import { splitByVat, splitRefund } from "./vat-split.ts";

const asked: Asked = { reference: "R-1", merchantCode: "M", amountMinor: 1010, currency: "GBP" };
const paid: SeenCheckout = {
  id: "c",
  ...asked,
  status: "PAID",
  transactions: [
    { id: "t0", code: "T0", amountMinor: 1010, currency: "GBP", status: "FAILED" },
    { id: "t1", code: "T1", amountMinor: 1010, currency: "GBP", status: "SUCCESSFUL" },
  ],
};
const [failed, success] = paid.transactions as [SeenCheckout["transactions"][number], SeenCheckout["transactions"][number]];

describe("what a checkout means", () => {
  it("is paid by its one successful payment, whatever failed before", () => {
    expect(judge(asked, paid)).toEqual({ kind: "paid", transactionId: "t1", transactionCode: "T1" });
  });

  it.each([
    ["another amount", { amountMinor: 1 }, "amount_differs"],
    ["no amount", { amountMinor: null }, "amount_differs"],
    ["another currency", { currency: "EUR" }, "currency_differs"],
    ["another merchant", { merchantCode: "N" }, "merchant_differs"],
    ["another reference", { reference: "R-2" }, "reference_differs"],
    ["no payment", { transactions: [] }, "transaction_differs"],
    ["failed payments alone", { transactions: [failed] }, "transaction_differs"],
    ["two payments", { transactions: [success, { ...success, id: "t2" }] }, "transaction_differs"],
    ["a payment of another amount", { transactions: [{ ...success, amountMinor: 1 }] }, "amount_differs"],
    ["a payment in another currency", { transactions: [{ ...success, currency: "EUR" }] }, "currency_differs"],
  ])("with %s is nothing to hand out for", (_what, change, matter) => {
    expect(judge(asked, { ...paid, ...change })).toMatchObject({ kind: "differs", matter });
  });

  it("that failed waits still; that expired is over", () => {
    expect(judge(asked, { ...paid, status: "FAILED" })).toEqual({ kind: "waiting", status: "FAILED" });
    expect(judge(asked, { ...paid, status: "EXPIRED" })).toEqual({ kind: "over" });
  });
});

describe("tax", () => {
  it("within a price, half a penny up", () => {
    expect([vatWithin(120, 2000), vatWithin(100, 2000), vatWithin(99, 2000), vatWithin(105, 500), vatWithin(420, 0)]).toEqual([
      20, 17, 17, 5, 0,
    ]);
  });

  it("of refunds in any pieces comes to the tax of the whole, to the penny", () => {
    for (let zero = 0; zero < 300; zero += 37) {
      for (let reduced = 1; reduced < 200; reduced += 29) {
        for (let standard = 1; standard < 400; standard += 61) {
          const parts = splitByVat([
            { vatClass: "zero", vatBasisPoints: 0, grossMinor: zero, discountMinor: 0 },
            { vatClass: "reduced", vatBasisPoints: 500, grossMinor: reduced, discountMinor: 0 },
            { vatClass: "standard", vatBasisPoints: 2000, grossMinor: standard, discountMinor: 0 },
          ]);
          const total = zero + reduced + standard;
          const cuts = [0, 1, Math.floor(total / 3), Math.floor(total / 2), total - 1, total].toSorted((one, other) => one - other);
          const sums = parts.map(() => ({ grossMinor: 0, vatMinor: 0 }));
          for (const [index, before] of cuts.slice(0, -1).entries()) {
            const after = cuts[index + 1] ?? total;
            const pieces = splitRefund(parts, before, after);
            expect(pieces.reduce((sum, { grossMinor }) => sum + grossMinor, 0)).toBe(after - before);
            for (const [at, piece] of pieces.entries()) {
              const sum = sums[at] ?? expect.fail();
              sum.grossMinor += piece.grossMinor;
              sum.vatMinor += piece.vatMinor;
            }
          }
          expect(sums).toEqual(parts.map(({ grossMinor, vatMinor }) => ({ grossMinor, vatMinor })));
        }
      }
    }
  });
});

describe("the ways of an order", () => {
  it("reach every state from placed, and lead out of nothing that has ended", () => {
    const reached = new Set(["pending_payment"]);
    for (const _round of ORDER_STATUSES) for (const { from, to } of TRANSITIONS) if (reached.has(from)) reached.add(to);
    expect([...reached].toSorted()).toEqual([...ORDER_STATUSES].toSorted());
    expect(TRANSITIONS.filter(({ from }) => from === "refunded")).toEqual([]);
    expect(TRANSITIONS.filter(({ to, by }) => to === "paid" && by !== "payment")).toEqual([]); // nobody says so
    expect(new Set(TRANSITIONS.map(({ from, to, by }) => `${from} ${to} ${by}`)).size).toBe(TRANSITIONS.length);
  });
});
