import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";

const MOST_BYTES = 10_000;

/** The whole of what SumUp sends: no status, no amount, no signature. */
const event = z.object({ event_type: z.literal("CHECKOUT_STATUS_CHANGED"), id: z.string().regex(/^[\x21-\x7e]{1,100}$/) });

/**
 * POST /webhooks/sumup: anybody can call it, so it names one of our own checkouts or nothing happens, and nobody is asked. What
 * became of the checkout is read at SumUp, after the answer: SumUp wants it quickly, and calls again where it gets none.
 */
export const receiveWebhook: Route<{ Body: string | null }> = {
  method: "POST",
  url: "/webhooks/sumup",
  bodyLimit: MOST_BYTES,
  config: { origin: "exempt" }, // nothing in it is trusted
  async handler(request, reply) {
    const { services, transaction, paymentFlow, log } = request.server;
    const told = event.safeParse(parse(request.body));
    const id = told.success ? await transaction((tx) => services.payments.noteHint(tx, told.data.id)) : null;
    if (id !== null)
      paymentFlow.look(id).catch((error: unknown) => log.warn({ err: error }, "a payment could not be looked at; it is looked at again"));
    return reply.code(204).send();
  },
};

function parse(body: string | null): unknown {
  try {
    return JSON.parse(body ?? "");
  } catch {
    return null; // of an unknown kind: ignored silently, as SumUp asks
  }
}
