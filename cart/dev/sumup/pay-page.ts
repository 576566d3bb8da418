import { nothingHere } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { toMinor } from "../../services/sumup/amounts.ts";
import { SANDBOX_CARDS } from "./sandbox.ts";
import type { SimulatedCheckout, Simulator } from "./simulator.ts";
import type { Webhooks } from "./webhooks.ts";

const params = z.object({ id: z.uuid() });

/** What the buyer does; the last four are what goes wrong with people and networks. */
const DEEDS = ["pay", "fail", "pass-challenge", "fail-challenge", "expire", "pay-late", "pay-and-close", "pay-silently"] as const;
const body = z.object({ deed: z.enum(DEEDS), card: z.string().max(30).default("") });

interface Parts {
  simulator: Simulator;
  webhooks: Webhooks;
}

/** The hosted page: GET and POST /dev/sumup/pay/:id. */
export function addPayPage(app: FastifyInstance, { simulator, webhooks }: Parts): void {
  const find = (id: string): SimulatedCheckout => {
    const checkout = simulator.find(id);
    if (checkout === null) throw nothingHere();
    return checkout;
  };
  app.get<{ Params: z.output<typeof params> }>("/pay/:id", { schema: { params } }, async (request, reply) => {
    return reply.header("cache-control", "no-store").page("sumup/pay.html", pageOf(find(request.params.id), "card"));
  });
  app.post<{ Params: z.output<typeof params>; Body: z.output<typeof body> }>(
    "/pay/:id",
    { schema: { params, body } },
    async (request, reply) => {
      const checkout = find(request.params.id);
      const { deed, card } = request.body;
      webhooks.setLost(deed === "pay-silently");
      const step = act(simulator, checkout, deed, card);
      webhooks.setLost(false);
      if (step === "back" && checkout.redirectUrl !== null) return reply.redirect(checkout.redirectUrl, 303);
      return reply.header("cache-control", "no-store").page("sumup/pay.html", pageOf(checkout, step === "back" ? "closed" : step));
    },
  );
}

type Step = "card" | "challenge" | "closed";

/** Gives where the buyer stands afterwards. */
function act(simulator: Simulator, checkout: SimulatedCheckout, deed: (typeof DEEDS)[number], card: string): Step | "back" {
  switch (deed) {
    case "pay":
      return simulator.pay(checkout, card) === "challenge" ? "challenge" : checkout.status === "PAID" ? "back" : "card";
    case "fail":
      simulator.pay(checkout, "");
      return "card";
    case "pass-challenge":
    case "fail-challenge":
      return simulator.answerChallenge(checkout, deed === "pass-challenge") === "paid" ? "back" : "card";
    case "expire":
      simulator.expire(checkout);
      return "card";
    case "pay-late":
      simulator.payLate(checkout);
      return "closed";
    case "pay-and-close":
    case "pay-silently":
      simulator.answerChallenge(checkout, true);
      return "closed";
  }
}

function pageOf(checkout: SimulatedCheckout, step: Step) {
  const isOpen = checkout.status === "PENDING" || checkout.status === "FAILED";
  const { id, description, currency, redirectUrl, reference, merchantCode, status, validUntil } = checkout;
  return {
    checkout: {
      id,
      description,
      currency,
      redirectUrl,
      reference,
      merchantCode,
      status,
      validUntil,
      amountMinor: toMinor(checkout.amount, currency) ?? 0,
    },
    step: isOpen || step === "closed" ? step : "over",
    cards: SANDBOX_CARDS.map(({ number, words }) => ({ value: number, label: number.replace(/(\d{4})(?=\d)/g, "$1 "), hint: words })),
  };
}
