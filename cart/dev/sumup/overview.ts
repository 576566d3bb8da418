import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { toMinor } from "../../services/sumup/amounts.ts";
import { FAULTS, type Faults, OPERATIONS } from "./faults.ts";
import { refundedOf, type Simulator } from "./simulator.ts";
import type { Webhooks } from "./webhooks.ts";

const MAX_SHOWN = 30;
const fault = z.object({ operation: z.enum(OPERATIONS), fault: z.enum(FAULTS) });
const transaction = z.object({ merchant: z.string().max(100), transaction: z.uuid() });

interface Parts {
  simulator: Simulator;
  faults: Faults;
  webhooks: Webhooks;
}

/** GET /dev/sumup: what the simulator remembers and what it is about to get wrong; forms to have it so. */
export function addOverview(app: FastifyInstance, { simulator, faults, webhooks }: Parts): void {
  app.get("/", async (_request, reply) =>
    reply.header("cache-control", "no-store").page("sumup/overview.html", {
      checkouts: simulator.list().slice(0, MAX_SHOWN).map(rowOf),
      faults: faults.list(),
      webhooks: webhooks.sent().slice(-MAX_SHOWN).toReversed(),
      operations: OPERATIONS.map((value) => ({ value, label: value })),
      kinds: FAULTS.map((value) => ({ value, label: value })),
    }),
  );
  app.post<{ Body: z.output<typeof fault> }>("/faults", { schema: { body: fault } }, async (request, reply) => {
    faults.add(request.body.operation, request.body.fault);
    return reply.redirect("/dev/sumup", 303);
  });
  app.post<{ Body: z.output<typeof transaction> }>("/charge-backs", { schema: { body: transaction } }, async (request, reply) => {
    simulator.chargeBack(request.body.merchant, request.body.transaction);
    return reply.redirect("/dev/sumup", 303);
  });
}

function rowOf(checkout: ReturnType<Simulator["list"]>[number]) {
  const paid = checkout.transactions.find(({ status }) => status !== "FAILED");
  return {
    id: checkout.id,
    reference: checkout.reference,
    merchantCode: checkout.merchantCode,
    status: checkout.status,
    currency: checkout.currency,
    amountMinor: toMinor(checkout.amount, checkout.currency) ?? 0,
    refundedMinor: paid === undefined ? 0 : (toMinor(refundedOf(paid), checkout.currency) ?? 0),
    transactionId: paid?.id ?? null,
    isChargedBack: paid?.isChargedBack ?? false,
  };
}
