import type { AttemptId, OrderId, RefundId } from "@rose-ash/shared/models/ids.ts";
import { SumUpError } from "../sumup/index.ts";
import { makeFlights } from "./flights.ts";
import type { PaymentParts } from "./parts.ts";
import { type Begun, begin, type Looked, look } from "./pay.ts";
import { reconcile } from "./reconcile.ts";
import { refund } from "./refund.ts";

const AT_ONCE = 10;
const EXPIRED_AT_ONCE = 100;

/** Everything about money that has to do with the network: nothing of it is inside a transaction, nor done while the site is paused. */
export interface PaymentFlow {
  /** Whether this merchant can be paid: there is a key of theirs. */
  canPay(merchantCode: string): Promise<boolean>;
  /** Asks SumUp whether it takes the key of a merchant; null: it does; else why not, in words. */
  checkKey(merchantCode: string): Promise<string | null>;
  begin(orderId: OrderId): Promise<Begun>;
  /** Reads a payment at SumUp and lets one transition follow. One at a time is under way for each. */
  look(id: AttemptId): Promise<Looked>;
  /** Takes a refund that was just asked for on its way; if that fails, the next round does. */
  refundNow(id: RefundId): Promise<void>;
  /** Looks at what is due: payments nobody told of, refunds, orders whose time is over, last night's history. Gives whether there was any. */
  round(): Promise<boolean>;
}

export function makePaymentFlow(parts: PaymentParts): PaymentFlow {
  const { services, transaction } = parts;
  const { payments, outgoing } = services;
  const isPaused = async () => (await outgoing.findPause()) !== null; // a database that came back: an admin says when
  const lookOnce = makeFlights((id: AttemptId) => look(parts, id));
  return {
    canPay: async (code) => (await parts.clientFor(code)) !== null,
    async checkKey(code) {
      const client = await parts.clientFor(code);
      if (client === null) return "There is no key.";
      try {
        await client.findCheckouts("rose-ash-is-the-key-taken"); // nothing is called so: that it answers is enough
        return null;
      } catch (error) {
        if (error instanceof SumUpError) return error.message;
        throw error;
      }
    },
    begin: async (orderId) => ((await isPaused()) ? { kind: "away" } : begin(parts, orderId)),
    look: async (id) => ((await isPaused()) ? "away" : lookOnce(id)),
    async refundNow(id) {
      if (await isPaused()) return;
      const work = await transaction((tx) => payments.claimRefund(tx, id));
      if (work !== null) await refund(parts, work);
    },
    async round() {
      if (await isPaused()) return false;
      const attempts = await transaction((tx) => payments.claimAttempts(tx, AT_ONCE));
      await Promise.all(attempts.map(({ id }) => lookOnce(id)));
      const expired = await transaction((tx) => payments.expireOrders(tx, EXPIRED_AT_ONCE));
      const refunds = await transaction((tx) => payments.claimRefunds(tx, AT_ONCE));
      for (const work of refunds) await refund(parts, work);
      const isCompared = await reconcile(parts, lookOnce);
      return attempts.length > 0 || expired > 0 || refunds.length > 0 || isCompared;
    },
  };
}
