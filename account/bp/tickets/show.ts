import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { ProofView } from "@rose-ash/shared/contracts/relations.ts";
import type { SeenTicket } from "@rose-ash/shared/contracts/tickets.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { letKeep } from "@rose-ash/shared/infrastructure/sessions/index.ts";
import type { UserId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { accountPage } from "../../sections.ts";
import { memberOf } from "../member.ts";
import { qrSvg } from "./qr.ts";
import { workerUrl } from "./worker.ts";

export const ticketParams = z.object({ code: z.string() });
export type TicketParams = { Params: z.output<typeof ticketParams> };
export const TICKET = "/tickets/:code(^[0-9A-Z-]{4,40}$)";

/** GET /tickets/:code: a ticket to its holder, or to whoever looks after them. */
export const showTicket: Route<TicketParams> = {
  method: "GET",
  url: TICKET,
  schema: { params: ticketParams },
  handler: async (request, reply) => sendTicketPage(request, reply, await seenTicket(request, request.params.code), NOTHING_TYPED),
};

/** GET /tickets/:code/qr.svg: what the door reads. */
export const showQr: Route<TicketParams> = {
  method: "GET",
  url: `${TICKET}/qr.svg`,
  schema: { params: ticketParams },
  async handler(request, reply) {
    const { ticket } = await seenTicket(request, request.params.code);
    letKeep(request, reply, memberOf(request));
    return reply.type("image/svg+xml").send(qrSvg(request.server.publicUrl("events", `/tickets/${ticket.code}`)));
  },
};

/** Another's ticket is as one that is not there; who handed it on is told that. */
export async function seenTicket(request: FastifyRequest, code: string): Promise<SeenTicket> {
  const { tickets } = request.server.services;
  const userId = memberOf(request);
  const seen = await tickets.findSeen(code, userId);
  if (seen !== null) return seen;
  const wasTheirs = await tickets.wasHandedOn(code, userId);
  throw new CodedError(
    "not-found",
    wasTheirs
      ? "You gave this ticket to somebody else. It is theirs now, under another code, and this one opens no door."
      : "There is no such ticket, or it is somebody else’s.",
  );
}

/** What was typed into the form of handing a ticket on, with what is wrong with it. */
export interface TypedTransfer {
  readonly form: { readonly email?: string; readonly name?: string };
  readonly messages: Readonly<Record<string, string>>;
}
const NOTHING_TYPED: TypedTransfer = { form: {}, messages: {} };

export async function sendTicketPage(
  request: FastifyRequest,
  reply: FastifyReply,
  seen: SeenTicket,
  typed: TypedTransfer,
): Promise<FastifyReply> {
  const { services, runtime } = request.server;
  const userId = memberOf(request);
  const { ticket, isOwn } = seen;
  const [why, family] = await Promise.all([
    isOwn ? null : whySeen(request, userId, seen),
    isOwn && ticket.status === "valid" ? services.family.getFamily(userId) : null,
  ]);
  const children = (family?.wards ?? []).filter(({ handle }) => handle === null).map(({ name }) => name);
  const slug = /\/entries\/([a-z0-9-]+)(?:\/([0-9TZ]+))?$/.exec(new URL(ticket.url).pathname);
  const isAhead = !ticket.isOver && !ticket.isOff && ticket.status !== "cancelled";
  const another = {
    type: "ticket-box" as const,
    params: { entry: slug?.[1] ?? "", ...(slug?.[2] ? { key: slug[2] } : {}), next: `/tickets/${ticket.code}` },
  };
  const wants = {
    papers: { type: "ticket-papers" as const, params: { code: ticket.code } },
    ...(isAhead && slug !== null ? { another } : {}),
  };
  const context = {
    ...seen,
    ...typed,
    why,
    children,
    keeper: letKeep(request, reply, userId),
    workerUrl: workerUrl(),
    madeAt: runtime.clock.now(),
  };
  return accountPage(reply, "tickets/show.html", context, wants);
}

/** Why somebody sees another's ticket; null: it can't be said now. */
async function whySeen({ server, log }: FastifyRequest, userId: UserId, { ticket }: SeenTicket): Promise<ProofView | null> {
  const fact = { relation: "account.sees_ticket", values: [`user:${userId}`, `ticket:${ticket.id}`] };
  try {
    return await server.services.relations.explain(userId, fact, ["account.guardian", "account.holds"]);
  } catch (error) {
    log.warn({ err: error }, "why a ticket is seen could not be said");
    return null;
  }
}
