import { setTimeout as sleep } from "node:timers/promises";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { toMinor } from "../../services/sumup/amounts.ts";
import type { Answer } from "./answers.ts";
import * as answers from "./answers.ts";
import type { Faults, Operation } from "./faults.ts";
import type { Simulator } from "./simulator.ts";

export interface SimulatorParts {
  simulator: Simulator;
  faults: Faults;
  /** Where the hosted page of a checkout is. */
  hostedUrl: (checkoutId: string) => string;
  /** Longer than the client waits. */
  lateMs: number;
}

type Params = Record<string, string>;
type Work = (request: FastifyRequest<{ Params: Params; Querystring: Params }>) => Answer;

const CURRENCIES = new Set("BGN BRL CHF CLP COP CZK DKK EUR GBP HRK HUF NOK PLN RON SEK USD".split(" "));

/** SumUp's addresses, as its OpenAPI file describes them; whoever has any key may ask. */
export function addSumUpApi(app: FastifyInstance, parts: SimulatorParts): void {
  const { simulator } = parts;
  const on = (method: "GET" | "POST" | "DELETE", url: string, operation: Operation, work: Work) =>
    app.route<{ Params: Params; Querystring: Params }>({
      method,
      url,
      config: { origin: "exempt" }, // it asks for a key
      handler: (request, reply) => answer(parts, operation, request, reply, () => work(request)),
    });
  const body = (checkout: Parameters<typeof answers.checkoutBody>[0]) => answers.checkoutBody(checkout, parts.hostedUrl(checkout.id));
  on("POST", "/v0.1/checkouts", "create", ({ body: given }) => create(parts, given));
  on("GET", "/v0.1/checkouts", "find", ({ query }) => ({
    status: 200,
    body: simulator
      .list()
      .filter(({ reference }) => query["checkout_reference"] === undefined || reference === query["checkout_reference"])
      .map(body),
  }));
  on("GET", "/v0.1/checkouts/:id", "read", ({ params }) => {
    const checkout = simulator.find(params["id"] ?? "");
    return checkout === null ? answers.notFound() : { status: 200, body: body(checkout) };
  });
  on("DELETE", "/v0.1/checkouts/:id", "deactivate", ({ params }) => {
    const checkout = simulator.find(params["id"] ?? "");
    if (checkout === null) return answers.notFound();
    return simulator.deactivate(checkout) ? { status: 200, body: body(checkout) } : answers.processed();
  });
  on("GET", "/v2.1/merchants/:merchant/transactions", "transaction", ({ params, query }) => {
    const found = simulator.findTransaction(params["merchant"] ?? "", query["id"] ?? "");
    return found === null ? answers.notFound() : { status: 200, body: answers.transactionBody(found.checkout, found.transaction) };
  });
  on("GET", "/v2.1/merchants/:merchant/transactions/history", "history", ({ params, query }) => history(parts, params, query));
  on("POST", "/v1.0/merchants/:merchant/payments/:transaction/refunds", "refund", ({ params, body: given }) =>
    refund(parts, params, given),
  );
}

/** Answers as the next fault of this operation wants it, or rightly. */
async function answer(
  { faults, lateMs }: SimulatorParts,
  operation: Operation,
  request: FastifyRequest,
  reply: FastifyReply,
  work: () => Answer,
): Promise<FastifyReply> {
  const send = ({ status, body, type = "application/json" }: Answer) => reply.code(status).type(type).send(JSON.stringify(body));
  if (!/^Bearer sup_sk_\w+$/.test(request.headers.authorization ?? "")) return send(answers.unauthorized());
  const broken = { status: 500, body: { message: "Internal server error" } };
  switch (faults.take(operation)) {
    case null:
      return send(work());
    case "lost":
      await sleep(lateMs, undefined, { ref: false });
      return send(broken);
    case "late": {
      const done = work();
      await sleep(lateMs, undefined, { ref: false });
      return send(done);
    }
    case "cut":
      work();
      reply.hijack();
      request.raw.socket.destroy();
      return reply;
    case "garbage":
      return reply.code(work().status).type("text/html").send("<html>Bad gateway</html>");
    case "broken-after":
      work();
      return send(broken);
    case "broken":
      return send(broken);
    case "busy":
      return send({ status: 429, body: { message: "Too many requests" } }); // without the rest it wants
    case "conflict":
      return send(answers.duplicated());
    case "unauthorized":
      return send(answers.unauthorized());
  }
}

function create({ simulator, hostedUrl }: SimulatorParts, given: unknown): Answer {
  const wish = (typeof given === "object" && given !== null ? given : {}) as Record<string, unknown>; // every field is looked at below
  const { checkout_reference: reference, amount, currency, merchant_code: merchantCode } = wish;
  if (typeof reference !== "string" || reference === "") return answers.missing("checkout_reference");
  if (reference.length > 64) return answers.invalid("checkout_reference");
  if (typeof amount !== "number") return answers.missing("amount");
  if (typeof currency !== "string" || !CURRENCIES.has(currency)) return answers.invalid("currency");
  if (!(amount > 0) || toMinor(amount, currency) === null) return answers.invalid("amount");
  if (typeof merchantCode !== "string" || merchantCode === "") return answers.missing("merchant_code");
  const text = (name: string) => (typeof wish[name] === "string" ? wish[name] : null);
  const until = text("valid_until");
  const hosted = wish["hosted_checkout"];
  const checkout = simulator.create({
    reference,
    amount,
    currency,
    merchantCode,
    description: text("description") ?? "",
    returnUrl: text("return_url"),
    redirectUrl: text("redirect_url"),
    validUntil: until === null ? null : new Date(until),
    isHosted: typeof hosted === "object" && hosted !== null && "enabled" in hosted && hosted.enabled === true,
  });
  return checkout === null ? answers.duplicated() : { status: 201, body: answers.checkoutBody(checkout, hostedUrl(checkout.id)) };
}

function refund({ simulator }: SimulatorParts, params: Params, given: unknown): Answer {
  const amount = typeof given === "object" && given !== null && "amount" in given ? given.amount : null;
  if (amount !== null && !(typeof amount === "number" && amount > 0)) return answers.problem(400, "amount must be greater than zero");
  const outcome = simulator.refund(params["merchant"] ?? "", params["transaction"] ?? "", amount);
  switch (outcome.kind) {
    case "refunded":
      return { status: 201, body: {} };
    case "no-transaction":
      return answers.problem(404, "Transaction not found");
    case "not-refundable":
      return answers.problem(409, "The transaction is not refundable in its current state");
    case "too-much": {
      const left = Math.round(outcome.left * 100);
      const error = {
        code: "INVALID_AMOUNT",
        detail: "Amount exceeds the refundable amount",
        reason: "amount_too_high",
        max_refundable_amount: left,
      };
      return answers.problem(422, "Refund failed.", { errors: [error] });
    }
  }
}

function history({ simulator }: SimulatorParts, params: Params, query: Params): Answer {
  const since = new Date(query["changes_since"] ?? 0);
  if (Number.isNaN(since.getTime())) return answers.invalid("changes_since");
  const limit = Number(query["limit"] ?? 10);
  const lines = simulator
    .list()
    .filter(({ merchantCode }) => merchantCode === params["merchant"])
    .flatMap((checkout) => checkout.transactions.map((transaction) => ({ checkout, transaction })))
    .filter(({ transaction }) => transaction.changedAt >= since)
    .flatMap(({ checkout, transaction }) => answers.historyItems(checkout, transaction))
    .sort((one, other) => String(one["timestamp"]).localeCompare(String(other["timestamp"])));
  const from = Number(query["oldest_ref"] ?? 0);
  const isMore = from + limit < lines.length;
  const next = new URLSearchParams({ ...query, oldest_ref: String(from + limit) }).toString();
  return { status: 200, body: { items: lines.slice(from, from + limit), links: isMore ? [{ rel: "next", href: next }] : [] } };
}
