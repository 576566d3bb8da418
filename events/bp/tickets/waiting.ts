import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { FieldError } from "@rose-ash/shared/contracts/tickets.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { type AnyForm, anyForm } from "../entry-form/fields.ts";
import { MAX_SEATS } from "./seats.ts";
import { answersOf, ownerOf } from "./take.ts";

const params = z.object({ token: z.string().regex(/^[\w-]{43}$/) });
type Params = { Params: z.output<typeof params> };

/** GET /waiting/:token: one's place in a waiting list, and what is offered. */
export const showWait: Route<Params> = {
  method: "GET",
  url: "/waiting/:token",
  schema: { params },
  handler: (request, reply) => sendWait(request, reply, { form: {}, errors: [], trouble: "" }),
};

/** POST /waiting/:token/acceptance: takes what is offered. */
export const acceptOffer: Route<Params & { Body: AnyForm }> = {
  method: "POST",
  url: "/waiting/:token/acceptance",
  schema: { params, body: anyForm },
  async handler(request, reply) {
    const { services, transaction, publicUrl } = request.server;
    const owner = ownerOf(request, reply);
    const result = await transaction(async (tx) => {
      if (owner.kind === "device") await services.identity.keepDevice(tx, owner.deviceId);
      return services.tickets.acceptOffer(tx, request.params.token, owner, answersOf(request.body));
    });
    if (result.kind === "in-cart") return reply.redirect(withNotice(publicUrl("cart", "/"), result.isLess ? "capped" : "added"), 303);
    if (result.kind === "issued") return reply.redirect(withNotice(`/tickets/${result.codes[0]}`, "ticket-here"), 303);
    if (result.kind === "gone") throw gone();
    const errors = result.kind === "wrong" ? result.errors : [];
    const trouble = result.kind === "refused" ? result.trouble : "";
    return sendWait(request, reply.code(errors.length > 0 ? 422 : 409), { form: request.body, errors, trouble });
  },
};

/** POST /waiting/:token/leaving: waits no more; what was offered goes to the next. */
export const leaveWaiting: Route<Params> = {
  method: "POST",
  url: "/waiting/:token/leaving",
  schema: { params },
  async handler(request, reply) {
    const { services, transaction } = request.server;
    await transaction((tx) => services.tickets.leaveWaiting(tx, request.params.token));
    return reply.redirect(withNotice(`/waiting/${request.params.token}`, "wait-left"), 303);
  },
};

interface Shown {
  readonly form: AnyForm;
  readonly errors: readonly FieldError[];
  readonly trouble: string;
}

async function sendWait(request: FastifyRequest, reply: FastifyReply, shown: Shown): Promise<FastifyReply> {
  const { token } = z.parse(params, request.params);
  const wait = await request.server.services.tickets.findWait(token);
  if (wait === null) throw gone();
  reply.header("cache-control", "private, no-store").header("referrer-policy", "no-referrer");
  return reply.page("tickets/waiting.html", {
    wait,
    seats: Math.min(MAX_SEATS, wait.quantity),
    ...shown,
    messages: Object.fromEntries(shown.errors.map(({ field, message }) => [field, message])),
  });
}

function gone(): CodedError {
  return new CodedError("not-found", "Nobody waits under this address.");
}
