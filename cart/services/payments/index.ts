/** The door of this folder. */
import type { FastifyInstance } from "fastify";
import type { CartConfig } from "../../config/schema.ts";
import { makePaymentFlow, type PaymentFlow } from "./flow.ts";
import { keepLooking } from "./keep-looking.ts";
import { type MerchantKeys, makeMerchantKeys, payOriginsOf } from "./settings.ts";

declare module "fastify" {
  interface FastifyInstance {
    /** Paying and giving back, with the network between. */
    paymentFlow: PaymentFlow;
    /** Where the hosted pages are on which people pay. */
    payOrigins: readonly string[];
    /** API keys of merchants, as they are kept and found. */
    merchantKeys: MerchantKeys;
  }
}

/** Gives the app its flow of payments; while it serves, what is due is looked at. */
export function addPayments(app: FastifyInstance, config: CartConfig): void {
  const { services, transaction, publicUrl, runtime, log } = app;
  const keys = makeMerchantKeys(config, publicUrl, (code) => services.merchants.findSealedKey(code));
  const flow = makePaymentFlow({
    services,
    transaction,
    clientFor: (code) => keys.clientFor(code),
    returnUrl: publicUrl("cart", "/webhooks/sumup"),
    redirectUrlOf: (reference) => publicUrl("cart", `/orders/${reference}/payment`),
    descriptionOf: (reference) => `${runtime.site.name}, order ${reference}`,
    log,
  });
  app.decorate("paymentFlow", flow);
  app.decorate("payOrigins", payOriginsOf(config));
  app.decorate("merchantKeys", keys);
  let looking: ReturnType<typeof keepLooking> | null = null;
  app.whenServing.push(() => {
    looking = keepLooking(flow.round, log);
  });
  let stopped: Promise<void> | undefined;
  app.addHook("preClose", async () => {
    stopped = looking?.stop(); // while the last requests are answered
  });
  app.addHook("onClose", () => stopped);
}
