import { makePaymentFlow, type PaymentFlow } from "../cart/services/payments/flow.ts";
import type { PaymentParts } from "../cart/services/payments/parts.ts";
import { makeSumUpClient, type SumUpClient } from "../cart/services/sumup/index.ts";
import type { OrderId } from "../shared/models/ids.ts";
import { openTestApp, type TestApp } from "./app.ts";
import { aMerchant, makeDue } from "./builders/payments.ts";
import { SIMULATED_MERCHANT, type SimulatedSumUp, startSimulatedSumUp } from "./simulated-sumup.ts";

const PATIENCE = { timeoutMs: 1_500, pausesMs: [5], longestRestMs: 50 };

export { brokenRules } from "./broken-rules.ts";

/** A shop with a merchant, SumUp simulated beside it, and the flow of payments between the two. */
export interface PayingShop {
  cart: TestApp;
  sumup: SimulatedSumUp;
  parts: PaymentParts;
  flow: PaymentFlow;
  /** The buyer pays the newest checkout of the order on the hosted page, whatever the shop knows. */
  pay(orderId: OrderId, card?: string): Promise<string>;
  /** Rounds until there is nothing left to do, with everything due each time. */
  settleAll(flow?: PaymentFlow): Promise<void>;
  close(): Promise<void>;
}

export const VISA = "4200000000000091";

export async function openPayingShop(): Promise<PayingShop> {
  const cart = await openTestApp("cart", { env: { DATABASE_POOL: "10" } });
  const sumup = await startSimulatedSumUp({ lateMs: 1_900 });
  await aMerchant(cart.db);
  const { services, transaction, log } = cart.app;
  const client = makeSumUpClient({ ...PATIENCE, host: sumup.host }, SIMULATED_MERCHANT);
  const parts: PaymentParts = {
    services,
    transaction,
    clientFor: async (code) => (code === SIMULATED_MERCHANT.code ? client : null),
    returnUrl: "http://127.0.0.1:9/webhooks/sumup",
    redirectUrlOf: (reference) => `http://127.0.0.1:9/orders/${reference}/payment`,
    descriptionOf: (reference) => `Order ${reference}`,
    log,
  };
  const flow = makePaymentFlow(parts);
  return {
    cart,
    sumup,
    parts,
    flow,
    async pay(orderId, card = VISA) {
      const attempt = await services.payments.findNewest(orderId);
      const checkout = sumup.simulator.find(attempt?.checkoutId ?? "");
      if (checkout === null) throw new Error("there is nothing to pay");
      return sumup.simulator.pay(checkout, card);
    },
    async settleAll(one = flow) {
      for (let rounds = 0; rounds < 20; rounds += 1) {
        await makeDue(cart.db);
        if (!(await one.round())) return;
      }
    },
    async close() {
      await cart.close();
      await sumup.close();
    },
  };
}

/** A process that dies before or after its n-th step: of what follows nothing is done. Steps are transactions and questions to SumUp. */
export function mortal(parts: PaymentParts, dies: { at: number; before: boolean }): { parts: PaymentParts; isDead: () => boolean } {
  let steps = 0;
  let isDead = false;
  const step = async <T>(work: () => Promise<T>): Promise<T> => {
    const isLast = steps === dies.at;
    steps += 1;
    if (isDead || (isLast && dies.before)) {
      isDead = true;
      throw new Error("the process was killed");
    }
    const done = await work();
    if (!isLast) return done;
    isDead = true;
    throw new Error("the process was killed");
  };
  const wrap = (client: SumUpClient | null): SumUpClient | null =>
    client === null
      ? null
      : {
          createCheckout: (checkout) => step(() => client.createCheckout(checkout)),
          findCheckouts: (reference) => step(() => client.findCheckouts(reference)),
          readCheckout: (id) => step(() => client.readCheckout(id)),
          deactivateCheckout: (id) => step(() => client.deactivateCheckout(id)),
          readTransaction: (id) => step(() => client.readTransaction(id)),
          refund: (id, amount) => step(() => client.refund(id, amount)),
          listChanges: (since) => step(() => client.listChanges(since)),
        };
  return {
    parts: {
      ...parts,
      transaction: (work) => step(() => parts.transaction(work)),
      clientFor: async (code) => wrap(await parts.clientFor(code)),
    },
    isDead: () => isDead,
  };
}
