import type { CartOwner } from "@rose-ash/shared/contracts/cart.ts";
import { cartOwnerOf } from "@rose-ash/shared/contracts/cart.ts";
import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { FieldError, TakeResult, TicketChoice, TicketTaker } from "@rose-ash/shared/contracts/tickets.ts";
import type { Tx } from "@rose-ash/shared/contracts/tx.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { mayMail, TOO_MANY_MAILS } from "@rose-ash/shared/infrastructure/mail-limit.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { TicketTypeId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { sendEntry } from "../entry/show.ts";
import { type AnyForm, anyForm, typed } from "../entry-form/fields.ts";
import { MAX_SEATS, seatsShown } from "./seats.ts";

const params = z.object({ slug: z.string() });
const timeParams = z.object({ slug: z.string(), key: z.string() });
const TIME = "/entries/:slug/:key(^[0-9TZ]{8,16}$)";

interface Asked {
  readonly slug: string;
  readonly key: string;
}

/** POST /entries/:slug/tickets: tickets into the cart, or free ones at once. */
export const takeTickets: Route<{ Params: z.output<typeof params>; Body: AnyForm }> = {
  method: "POST",
  url: "/entries/:slug/tickets",
  schema: { params, body: anyForm },
  handler: (request, reply) => request.server.inTurn(() => take(request, reply, { slug: request.params.slug, key: "" }, request.body)),
};

/** POST /entries/:slug/:key/tickets: the same of one time of a series. */
export const takeTicketsOfTime: Route<{ Params: z.output<typeof timeParams>; Body: AnyForm }> = {
  method: "POST",
  url: `${TIME}/tickets`,
  schema: { params: timeParams, body: anyForm },
  handler: (request, reply) => request.server.inTurn(() => take(request, reply, request.params, request.body)),
};

/** POST /entries/:slug/waiting: a place in the waiting list. */
export const joinWaiting: Route<{ Params: z.output<typeof params>; Body: AnyForm }> = {
  method: "POST",
  url: "/entries/:slug/waiting",
  schema: { params, body: anyForm },
  handler: (request, reply) => request.server.inTurn(() => wait(request, reply, { slug: request.params.slug, key: "" }, request.body)),
};

/** POST /entries/:slug/:key/waiting: the same of one time of a series. */
export const joinWaitingOfTime: Route<{ Params: z.output<typeof timeParams>; Body: AnyForm }> = {
  method: "POST",
  url: `${TIME}/waiting`,
  schema: { params: timeParams, body: anyForm },
  handler: (request, reply) => request.server.inTurn(() => wait(request, reply, request.params, request.body)),
};

async function take(request: FastifyRequest, reply: FastifyReply, asked: Asked, form: AnyForm): Promise<FastifyReply> {
  const { services, transaction } = request.server;
  const choice = choiceOf(asked, form, "");
  const box = await services.tickets.getBox(cartOwnerOf(request.viewer), { slug: asked.slug, key: asked.key || null }, choice.code);
  const type = box.types.find(({ id }) => id === choice.typeId);
  if (type === undefined) return again(request, reply, asked, { form, errors: [{ field: "type", message: "Choose a kind of ticket." }] });
  // nobody queues at the lock for what the page knows is gone
  if (type.most === 0)
    return again(request, reply, asked, { form, errors: [], trouble: type.trouble || "Nothing of it is left at the moment." });
  const time = { ...choice, key: box.key };
  if (box.questions.some(({ isForEach = false }) => isForEach) && choice.quantity > seatsShown(form)) {
    return again(request, reply, asked, {
      form,
      errors: [{ field: "quantity", message: "Please say for each place what is asked below." }],
    });
  }
  if (!type.isFree) {
    const owner = ownerOf(request, reply);
    const result = await transaction(async (tx) => {
      if (owner.kind === "device") await services.identity.keepDevice(tx, owner.deviceId);
      return services.tickets.putIntoCart(tx, owner, time);
    });
    return answerTaken(request, reply, asked, { form, result });
  }
  const taker = takerOf(request, form, "");
  if ("errors" in taker) return again(request, reply, asked, { form, errors: taker.errors });
  const result = await transaction(async (tx): Promise<TakeResult> => {
    if (!(await mayTell(request, tx, taker, asked))) return { kind: "refused", trouble: TOO_MANY_MAILS };
    return services.tickets.takeFree(tx, taker, time);
  });
  return answerTaken(request, reply, asked, { form, result });
}

/** Guests are told by mail, at an address that nobody has confirmed. */
async function mayTell(request: FastifyRequest, tx: Tx, taker: TicketTaker, { slug }: Asked): Promise<boolean> {
  return taker.kind === "member" || (await mayMail(request, tx, { email: taker.email, about: `entry ${slug}` }));
}

interface Answered {
  readonly form: AnyForm;
  readonly result: TakeResult;
}

function answerTaken(
  request: FastifyRequest,
  reply: FastifyReply,
  asked: Asked,
  { form, result }: Answered,
): Promise<FastifyReply> | FastifyReply {
  switch (result.kind) {
    case "in-cart":
      return reply.redirect(`${withNotice(pathOf(asked), result.isLess ? "capped" : "tickets-held")}#tickets`, 303);
    case "issued":
      return reply.redirect(withNotice(`/tickets/${result.codes[0]}`, "ticket-here"), 303);
    case "wrong":
      return again(request, reply, asked, { form, errors: result.errors });
    case "gone":
      throw new CodedError("not-found", "There are no such tickets.", { ...asked });
    case "refused":
      return again(request, reply, asked, { form, errors: [], trouble: result.trouble });
  }
}

const pathOf = ({ slug, key }: Asked) => `/entries/${slug}${key && `/${key}`}`;

async function wait(request: FastifyRequest, reply: FastifyReply, asked: Asked, form: AnyForm): Promise<FastifyReply> {
  const { services, transaction } = request.server;
  const taker = takerOf(request, form, "wait-");
  if ("errors" in taker) return again(request, reply, asked, { form, errors: taker.errors });
  const choice = choiceOf(asked, form, "wait-");
  const result = await transaction(async (tx) => {
    if (!(await mayTell(request, tx, taker, asked))) return { kind: "refused", trouble: TOO_MANY_MAILS } as const;
    return services.tickets.joinWaiting(tx, taker, choice);
  });
  if (result.kind === "refused") return again(request, reply, asked, { form, errors: [], trouble: result.trouble });
  if (result.kind === "waiting") return reply.redirect(`/waiting/${result.token}`, 303);
  if (result.kind === "free") return again(request, reply, asked, { form, errors: [], trouble: "There are places: nobody has to wait." });
  throw new CodedError("not-found", "Nobody can wait for that.", { ...asked });
}

interface Again {
  readonly form: AnyForm;
  readonly errors: readonly FieldError[];
  readonly trouble?: string;
}

function again(request: FastifyRequest, reply: FastifyReply, { slug, key }: Asked, shown: Again): Promise<FastifyReply> {
  reply.code(shown.errors.length > 0 ? 422 : 409).header("cache-control", "private, no-store");
  return sendEntry(request, reply, { slug, key: key || null }, { code: typed(shown.form, "code").slice(0, 40), ...shown });
}

/** A browser without a device gets one. */
export function ownerOf(request: FastifyRequest, reply: FastifyReply): CartOwner {
  return cartOwnerOf(request.viewer) ?? { kind: "device", deviceId: request.ensureDevice(reply) };
}

const address = z.email().max(254);

/** Who takes or waits: the member, or what a guest typed. */
function takerOf({ viewer }: FastifyRequest, form: AnyForm, prefix: string): TicketTaker | { errors: readonly FieldError[] } {
  if (viewer.kind === "member") return { kind: "member", userId: viewer.userId };
  const email = typed(form, `${prefix}email`);
  const name = typed(form, `${prefix}name`).replaceAll(/\p{Cc}+/gu, " ");
  const errors = [
    ...(name === "" || name.length > 100 ? [{ field: `${prefix}name`, message: "Please say your name." }] : []),
    ...(address.safeParse(email).success ? [] : [{ field: `${prefix}email`, message: "This is no mail address." }]),
  ];
  return errors.length > 0 ? { errors } : { kind: "guest", email, name };
}

function choiceOf({ slug, key }: Asked, form: AnyForm, prefix: string): TicketChoice {
  const count = Number(typed(form, `${prefix}quantity`) || 1);
  const type = typed(form, `${prefix}type`);
  return {
    ...{ slug, key },
    typeId: (/^\d{1,12}$/.test(type) ? Number(type) : 0) as TicketTypeId,
    quantity: Number.isSafeInteger(count) ? Math.min(99, Math.max(1, count)) : 1,
    amountMinor: minorOf(typed(form, "amount")),
    code: typed(form, "code").slice(0, 40),
    ...answersOf(form),
  };
}

/** What was answered, by the keys of questions: once as answer-food, and for the second place as seat-2-name. */
export function answersOf(form: AnyForm): Pick<TicketChoice, "answers" | "seats"> {
  const under = (prefix: string) => {
    const names = Object.keys(form).filter((name) => name.startsWith(prefix) && /^[a-z0-9-]{1,40}$/.test(name.slice(prefix.length)));
    return Object.fromEntries(names.map((name) => [name.slice(prefix.length), typed(form, name)]));
  };
  return { answers: under("answer-"), seats: Array.from({ length: MAX_SEATS }, (_, at) => under(`seat-${at + 1}-`)) };
}

/** "12", "12.5" and "£12.50" in pence; null: no amount. */
function minorOf(typed: string): number | null {
  const [, whole, part = ""] = /^£?(\d{1,6})(?:[.,](\d{1,2}))?$/.exec(typed.trim()) ?? [];
  return whole === undefined ? null : Number(whole) * 100 + Number(part.padEnd(2, "0"));
}
