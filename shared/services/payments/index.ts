import { eq } from "drizzle-orm";
import type { LineKind } from "../../contracts/line-kinds.ts";
import type { PaymentsService } from "../../contracts/payments.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { orders } from "../../models/cart.ts";
import { merchants } from "../../models/merchants.ts";
import { paymentAttempts, refunds } from "../../models/payments.ts";
import {
  claimAttempts,
  close,
  expireOrders,
  noteCheckout,
  noteHint,
  noteRefused,
  noteTrouble,
  openAttempt,
  selectAttempts,
} from "./attempts.ts";
import { payByHand } from "./by-hand.ts";
import { decideRefund } from "./decide-refund.ts";
import { claimReconciliation, compare, endReconciliation, listBrokenComparisons } from "./history.ts";
import { letGo, noteKeyMissing } from "./key-missing.ts";
import { listBalances, listPostings } from "./ledger.ts";
import { listMatters, resolveMatter } from "./matters.ts";
import {
  beginRefund,
  claimRefunds,
  doubtRefund,
  findOwed,
  finishRefund,
  refuseRefund,
  requestRefund,
  resendRefund,
  returnOwed,
  stopRefund,
} from "./refunds.ts";
import { settle } from "./settle.ts";

/** Payments, refunds and the ledger, in PostgreSQL. All times are the database's. */
export function makePaymentsService(
  { db, timeZone }: Pick<ServiceDeps, "db" | "timeZone">,
  { kinds }: { kinds: readonly LineKind[] },
): PaymentsService {
  const counter = { timeZone, kinds };
  return {
    openAttempt,
    async findMerchantCode(orderId) {
      const ofOrder = db.select({ code: merchants.code }).from(orders).innerJoin(merchants, eq(merchants.id, orders.merchantId));
      return (await ofOrder.where(eq(orders.id, orderId)))[0]?.code ?? null;
    },
    findAttempt: async (id) => (await selectAttempts(db, eq(paymentAttempts.id, id)))[0] ?? null,
    noteHint,
    findNewest: async (orderId) => (await selectAttempts(db, eq(paymentAttempts.orderId, orderId)))[0] ?? null,
    noteCheckout,
    noteRefused,
    noteTrouble,
    noteKeyMissing,
    letGo,
    settle: (tx, id, seen) => settle(tx, id, seen, counter),
    close,
    claimAttempts,
    expireOrders,
    payByHand: (tx, payment) => payByHand(tx, payment, counter),
    requestRefund,
    returnOwed,
    findOwed: (orderId) => findOwed(db, orderId),
    async findRefund(id) {
      const { orderId, amountMinor } = refunds;
      const [refund] = await db.select({ orderId, amountMinor }).from(refunds).where(eq(refunds.id, id));
      return refund ?? null;
    },
    claimRefunds,
    claimRefund: async (tx, id) => (await claimRefunds(tx, 1, id))[0] ?? null,
    beginRefund,
    finishRefund,
    refuseRefund,
    doubtRefund,
    resendRefund,
    stopRefund,
    claimReconciliation,
    endReconciliation,
    compare,
    listBrokenComparisons: () => listBrokenComparisons(db),
    listMatters: () => listMatters(db),
    resolveMatter,
    decideRefund,
    listBalances: () => listBalances(db),
    listPostings: (month) => listPostings(db, month, timeZone),
  };
}
