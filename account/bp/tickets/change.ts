import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { mayMail, TOO_MANY_MAILS } from "@rose-ash/shared/infrastructure/mail-limit.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { z } from "zod";
import { memberOf } from "../member.ts";
import { seenTicket, sendTicketPage, TICKET, type TicketParams, ticketParams } from "./show.ts";

const MAX_NAME = 100;
const transferForm = z.object({ email: z.string(), name: z.string().default("") });
const nameForm = z.object({ holder: z.string().max(MAX_NAME) });

/** POST /tickets/:code/transfer: it goes to another person, by mail, under another code. */
export const sendTicket: Route<TicketParams & { Body: z.output<typeof transferForm> }> = {
  method: "POST",
  url: `${TICKET}/transfer`,
  schema: { params: ticketParams, body: transferForm },
  async handler(request, reply) {
    const seen = await seenTicket(request, request.params.code);
    const { code } = seen.ticket;
    const email = request.body.email.trim();
    const name = plain(request.body.name);
    const again = (status: number, message: string) =>
      sendTicketPage(request, reply.code(status), seen, { form: request.body, messages: { email: message } });
    if (!z.email().max(254).safeParse(email).success) return again(422, "This is no mail address.");
    const { services, transaction } = request.server;
    const sent = await transaction(async (tx) => {
      if (!(await mayMail(request, tx, { email, about: `ticket ${seen.ticket.id}` }))) return "too-many";
      return services.tickets.transfer(tx, code, memberOf(request), { email, name });
    });
    if (sent === "too-many") return again(409, TOO_MANY_MAILS);
    return reply.redirect(sent ? withNotice("/tickets", "ticket-sent") : withNotice(`/tickets/${code}`, "ticket-closed"), 303);
  },
};

/** POST /tickets/:code/return: gives it back; what was paid for it goes back the way it came. */
export const giveBackTicket: Route<TicketParams> = {
  method: "POST",
  url: `${TICKET}/return`,
  schema: { params: ticketParams },
  async handler(request, reply) {
    const { ticket } = await seenTicket(request, request.params.code);
    const { services, transaction } = request.server;
    const result = await transaction((tx) => services.tickets.giveBack(tx, ticket.code, memberOf(request)));
    const notice = result === "given-back" ? "ticket-given-back" : result === "in-flight" ? "ticket-refund-waits" : "ticket-closed";
    return reply.redirect(withNotice(`/tickets/${ticket.code}`, notice), 303);
  },
};

/** POST /tickets/:code/holder: whom it is for, of the member and the children without an account; empty: the member. */
export const nameTicket: Route<TicketParams & { Body: z.output<typeof nameForm> }> = {
  method: "POST",
  url: `${TICKET}/holder`,
  schema: { params: ticketParams, body: nameForm },
  async handler(request, reply) {
    const userId = memberOf(request);
    const { ticket } = await seenTicket(request, request.params.code);
    const { services, transaction } = request.server;
    const { wards } = await services.family.getFamily(userId);
    const { holder } = request.body;
    const isKnown = holder === "" || wards.some(({ handle, name }) => handle === null && name === holder);
    const isNamed = isKnown && (await transaction((tx) => services.tickets.nameHolder(tx, ticket.code, userId, holder)));
    return reply.redirect(withNotice(`/tickets/${ticket.code}`, isNamed ? "ticket-named" : "ticket-closed"), 303);
  },
};

function plain(name: string): string {
  return name
    .replaceAll(/\p{Cc}+/gu, " ")
    .trim()
    .slice(0, MAX_NAME);
}
