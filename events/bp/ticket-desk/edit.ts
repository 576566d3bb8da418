import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { TicketDesk } from "@rose-ash/shared/contracts/ticket-desk.ts";
import type { FieldError } from "@rose-ash/shared/contracts/tickets.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { TicketTypeId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { type AnyForm, anyForm } from "../entry-form/fields.ts";
import { memberOf } from "../member.ts";
import { boxDraftOf, boxFormOf, typeDraftOf, typeFormOf } from "./forms.ts";
import { trailOf } from "./show.ts";

const params = z.object({ slug: z.string() });
/** "new": another one. */
const typeParams = z.object({ slug: z.string(), id: z.union([z.literal("new"), z.string().regex(/^\d{1,12}$/)]) });

/** GET /entries/:slug/ticket-types/:id: the form of a kind of ticket. */
export const editTicketType: Route<{ Params: z.output<typeof typeParams> }> = {
  method: "GET",
  url: "/entries/:slug/ticket-types/:id",
  schema: { params: typeParams },
  async handler(request, reply) {
    const { desk, type } = await typeOf(request, request.params);
    return sendType(request, reply, { desk, type, form: typeFormOf(type, desk.time), errors: [] });
  },
};

/** POST /entries/:slug/ticket-types/:id: adds or changes one. */
export const saveTicketType: Route<{ Params: z.output<typeof typeParams>; Body: AnyForm }> = {
  method: "POST",
  url: "/entries/:slug/ticket-types/:id",
  schema: { params: typeParams, body: anyForm },
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const { slug } = request.params;
    const { desk, type } = await typeOf(request, request.params);
    const draft = typeDraftOf(request.body, desk.time);
    const saved = { slug, id: type?.id ?? null, draft };
    const errors = await transaction((tx) => services.ticketDesk.saveType(tx, memberOf(request), saved));
    if (errors.length > 0) return sendType(request, reply.code(422), { desk, type, form: request.body, errors });
    return reply.redirect(withNotice(`/entries/${slug}/tickets`, draft.isClosed ? "type-closed" : "type-saved"), 303);
  },
};

/** GET /entries/:slug/ticket-box: the form of how places are given out. */
export const editTicketBox: Route<{ Params: z.output<typeof params> }> = {
  method: "GET",
  url: "/entries/:slug/ticket-box",
  schema: { params },
  async handler(request, reply) {
    const desk = await request.server.services.ticketDesk.getDesk(memberOf(request), request.params.slug, null);
    return sendBox(request, reply, { desk, form: boxFormOf(desk.box), errors: [] });
  },
};

/** POST /entries/:slug/ticket-box: how places are given out. */
export const saveTicketBox: Route<{ Params: z.output<typeof params>; Body: AnyForm }> = {
  method: "POST",
  url: "/entries/:slug/ticket-box",
  schema: { params, body: anyForm },
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const by = memberOf(request);
    const { slug } = request.params;
    const desk = await services.ticketDesk.getDesk(by, slug, null);
    const errors = await transaction((tx) => services.ticketDesk.saveBox(tx, by, { slug, draft: boxDraftOf(request.body) }));
    if (errors.length > 0) return sendBox(request, reply.code(422), { desk, form: request.body, errors });
    return reply.redirect(withNotice(`/entries/${slug}/tickets`, "type-saved"), 303);
  },
};

async function typeOf(request: FastifyRequest, { slug, id }: z.output<typeof typeParams>) {
  const desk = await request.server.services.ticketDesk.getDesk(memberOf(request), slug, null);
  const type = desk.types.find((one) => one.id === (Number(id) as TicketTypeId)) ?? null;
  if (type === null && id !== "new") throw new CodedError("not-found", "There is no such kind of ticket.");
  return { desk, type };
}

interface Shown {
  readonly desk: TicketDesk;
  readonly form: AnyForm;
  readonly errors: readonly FieldError[];
}

function sendType(
  request: FastifyRequest,
  reply: FastifyReply,
  { desk, type, form, errors }: Shown & { type: TicketDesk["types"][number] | null },
) {
  const name = type?.name ?? "Another kind";
  return sendForm(request, reply, "ticket-desk/type.html", {
    desk,
    form,
    errors,
    name,
    action: `/entries/${desk.time.slug}/ticket-types/${type?.id ?? "new"}`,
  });
}

function sendBox(request: FastifyRequest, reply: FastifyReply, { desk, form, errors }: Shown) {
  const name = "How places are given out";
  return sendForm(request, reply, "ticket-desk/rules.html", { desk, form, errors, name, action: `/entries/${desk.time.slug}/ticket-box` });
}

function sendForm(
  request: FastifyRequest,
  reply: FastifyReply,
  template: string,
  { desk, errors, ...shown }: Shown & { name: string; action: string },
): Promise<FastifyReply> {
  const messages = Object.fromEntries(errors.map(({ field, message }) => [field, message]));
  reply.header("cache-control", "private, no-store");
  return reply.page(template, { time: desk.time, errors, messages, ...shown, trail: trailOf(request, desk, [shown.name]) });
}
