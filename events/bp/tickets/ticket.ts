import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { TicketPage } from "@rose-ash/shared/contracts/tickets.ts";
import { nothingHere, type Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { mayMail, TOO_MANY_MAILS } from "@rose-ash/shared/infrastructure/mail-limit.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { CalendarEntryId, UserId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { qrSvg } from "./qr.ts";

const params = z.object({ code: z.string().regex(/^[0-9A-Z-]{4,40}$/) });
type Params = { Params: z.output<typeof params> };

/** GET /tickets/:code: a ticket to its holder. */
export const showTicket: Route<Params> = {
  method: "GET",
  url: "/tickets/:code",
  schema: { params },
  handler: async (request, reply) => sendPage(request, reply, await ticketOf(request), { form: {}, messages: {} }),
};

/** GET /tickets/:code/qr.svg: what the door reads. */
export const showQr: Route<Params> = {
  method: "GET",
  url: "/tickets/:code/qr.svg",
  schema: { params },
  async handler(request, reply) {
    const ticket = await ticketOf(request);
    return reply
      .header("cache-control", "private, no-store")
      .type("image/svg+xml")
      .send(qrSvg(request.server.publicUrl("events", `/tickets/${ticket.code}`)));
  },
};

/** From one address: each is drawn anew. */
const MOST_A_MINUTE = 30;

/** GET /tickets/:code/ticket.pdf: the same on paper. Throws unavailable. */
export const downloadTicket: Route<Params> = {
  method: "GET",
  url: "/tickets/:code/ticket.pdf",
  schema: { params },
  config: { requestsPerMinute: MOST_A_MINUTE, rateLimit: { groupId: "ticket-papers" } },
  async handler(request, reply) {
    const ticket = await ticketOf(request);
    if (ticket.status === "cancelled") throw nothingHere();
    return reply
      .header("content-disposition", `inline; filename="ticket-${ticket.code.slice(-5)}.pdf"`)
      .header("cache-control", "private, no-store")
      .header("referrer-policy", "no-referrer")
      .type("application/pdf")
      .send(await request.server.printTicket(ticket));
  },
};

/** GET /tickets/:code/ticket.pkpass: the same for Apple Wallet, where a certificate for that is configured. */
export const downloadPass: Route<Params> = {
  method: "GET",
  url: "/tickets/:code/ticket.pkpass",
  schema: { params },
  config: { requestsPerMinute: MOST_A_MINUTE, rateLimit: { groupId: "ticket-passes" } },
  async handler(request, reply) {
    const { makePass } = request.server;
    const ticket = await ticketOf(request);
    if (makePass === null || ticket.status === "cancelled") throw nothingHere();
    return reply
      .header("content-disposition", `attachment; filename="ticket-${ticket.code.slice(-5)}.pkpass"`)
      .header("cache-control", "private, no-store")
      .header("referrer-policy", "no-referrer")
      .type("application/vnd.apple.pkpass")
      .send(makePass(ticket));
  },
};

const transferForm = z.object({ email: z.string(), name: z.string().default("") });

/** POST /tickets/:code/transfer: it goes to another person. */
export const sendTicket: Route<Params & { Body: z.output<typeof transferForm> }> = {
  method: "POST",
  url: "/tickets/:code/transfer",
  schema: { params, body: transferForm },
  async handler(request, reply) {
    const ticket = await ticketOf(request);
    const email = request.body.email.trim();
    const name = request.body.name
      .replaceAll(/\p{Cc}+/gu, " ")
      .trim()
      .slice(0, 100);
    if (!z.email().max(254).safeParse(email).success) {
      const messages = { email: "This is no mail address." };
      return sendPage(request, reply.code(422), ticket, { form: request.body, messages });
    }
    const { services, transaction } = request.server;
    const sent = await transaction(async (tx) => {
      if (!(await mayMail(request, tx, { email, about: `ticket ${ticket.id}` }))) return "too-many";
      return services.tickets.transfer(tx, ticket.code, readerOf(request), { email, name });
    });
    if (sent === "too-many") return sendPage(request, reply.code(409), ticket, { form: request.body, messages: { email: TOO_MANY_MAILS } });
    return reply.redirect(sent ? withNotice(ticket.url, "ticket-sent") : withNotice(`/tickets/${ticket.code}`, "ticket-closed"), 303);
  },
};

/** POST /tickets/:code/return: gives it back. */
export const giveBackTicket: Route<Params> = {
  method: "POST",
  url: "/tickets/:code/return",
  schema: { params },
  async handler(request, reply) {
    const { code } = await ticketOf(request);
    const { services, transaction } = request.server;
    const result = await transaction((tx) => services.tickets.giveBack(tx, code, readerOf(request)));
    const notice = result === "given-back" ? "ticket-given-back" : result === "in-flight" ? "ticket-refund-waits" : "ticket-closed";
    return reply.redirect(withNotice(`/tickets/${code}`, notice), 303);
  },
};

const partParams = z.object({ code: params.shape.code, entryId: z.coerce.number().transform((id) => id as CalendarEntryId) });

/** POST /tickets/:code/parts/:entryId/return: gives a pass back for one of the series that its own was parted into. */
export const giveBackPart: Route<{ Params: z.output<typeof partParams> }> = {
  method: "POST",
  url: "/tickets/:code/parts/:entryId(^[1-9]\\d{0,11}$)/return",
  schema: { params: partParams },
  async handler(request, reply) {
    const { code } = await ticketOf(request);
    const { services, transaction } = request.server;
    const { entryId } = request.params;
    const result = await transaction((tx) => services.tickets.returnPart(tx, code, readerOf(request), entryId));
    const notice = result === "given-back" ? "ticket-part-given-back" : result === "in-flight" ? "ticket-refund-waits" : "ticket-closed";
    return reply.redirect(withNotice(`/tickets/${code}`, notice), 303);
  },
};

function readerOf({ viewer }: FastifyRequest): UserId | null {
  return viewer.kind === "member" ? viewer.userId : null;
}

/** Another's ticket is as one that is not there. */
async function ticketOf(request: FastifyRequest): Promise<TicketPage> {
  const { code } = z.parse(params, request.params);
  const ticket = await request.server.services.tickets.findTicket(code, readerOf(request));
  if (ticket === null)
    throw new CodedError("not-found", "There is no such ticket, or it is somebody else’s. Holders see theirs when they are signed in.");
  return ticket;
}

interface Shown {
  readonly form: { readonly email?: string; readonly name?: string };
  readonly messages: Readonly<Record<string, string>>;
}

async function sendPage(request: FastifyRequest, reply: FastifyReply, ticket: TicketPage, shown: Shown): Promise<FastifyReply> {
  reply.header("cache-control", "private, no-store").header("referrer-policy", "no-referrer"); // the address is what opens it
  const trail = [
    { name: "Calendar", url: request.server.publicUrl("events", "/") },
    { name: ticket.title, url: ticket.url },
    { name: "Ticket" },
  ];
  const parts = ticket.isPass ? await request.server.services.tickets.listParts(ticket.code, readerOf(request)) : [];
  return reply.page("tickets/ticket.html", { ticket, parts, ...shown, trail, hasWallet: request.server.makePass !== null });
}
