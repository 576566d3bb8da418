import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { mayInvite } from "@rose-ash/shared/infrastructure/mail-limit.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { EntryGuestId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { memberOf } from "../member.ts";

const params = z.object({ slug: z.string() });
const PATH = "/entries/:slug/guests";
type Params = z.output<typeof params>;
/** As many as can be asked to one entry. */
const MOST_AT_ONCE = 100;
const added = z.object({ emails: z.string().max(10_000).catch("").default("") });
const removed = z.object({ guestId: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });
const EMAIL = /^[^\s@<>()",;:\\]{1,64}@[^\s@<>()",;:\\]{1,190}\.[^\s@<>()",;:\\]{2,60}$/;

/** GET /entries/:slug/guests: who was asked, and what they said; for who keeps the calendar. */
export const listGuests: Route<{ Params: Params }> = {
  method: "GET",
  url: PATH,
  schema: { params },
  handler: (request, reply) => send(request, reply, request.params.slug, { emails: "", problem: "" }),
};

/** POST /entries/:slug/guests: they are written to. */
export const inviteGuests: Route<{ Params: Params; Body: z.output<typeof added> }> = {
  method: "POST",
  url: PATH,
  schema: { params, body: added },
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const { slug } = request.params;
    const by = memberOf(request);
    const typed = request.body.emails.split(/[\s,;]+/).filter((email) => email !== "");
    const wrong = typed.filter((email) => !EMAIL.test(email));
    if (typed.length === 0 || wrong.length > 0) {
      const problem = typed.length === 0 ? "An address a line." : `This is no mail address: ${wrong.slice(0, 3).join(", ")}`;
      return send(request, reply.code(422), slug, { emails: request.body.emails, problem });
    }
    const asked = new Set((await services.invitations.listGuests(by, slug)).guests.map(({ email }) => email));
    const wanted = new Set(typed.map((one) => one.toLowerCase()).filter((one) => !asked.has(one)));
    const result = await transaction(async (tx) => {
      const kept: string[] = [];
      for (const email of [...wanted].toSorted().slice(0, MOST_AT_ONCE))
        if (!(await mayInvite(request, tx, { email, about: `entry ${slug}` }))) kept.push(email);
      if (kept.length > 0) return { kept };
      return services.invitations.invite(tx, { slug, emails: typed, by });
    });
    if (result !== null && "kept" in result) {
      const problem = `So many invitations went to them, from you or to this that no more are sent today: ${result.kept.slice(0, 3).join(", ")}. Nobody was asked.`;
      return send(request, reply.code(429), slug, { emails: request.body.emails, problem });
    }
    if (result === null) throw new CodedError("not-found", "There is nothing here that you may change.", { slug });
    if (result.isFull)
      return send(request, reply.code(422), slug, { emails: "", problem: "A hundred are asked: more are too many for mails like these." });
    return reply.redirect(withNotice(`/entries/${slug}/guests`, "guests-invited"), 303);
  },
};

/** POST /entries/:slug/guests/removal: they are no longer asked, and told so. */
export const takeGuestOut: Route<{ Params: Params; Body: z.output<typeof removed> }> = {
  method: "POST",
  url: `${PATH}/removal`,
  schema: { params, body: removed },
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const { slug } = request.params;
    const by = memberOf(request);
    await transaction((tx) => services.invitations.takeOut(tx, { slug, guestId: request.body.guestId as EntryGuestId, by }));
    return reply.redirect(withNotice(`/entries/${slug}/guests`, "saved"), 303);
  },
};

async function send(
  request: FastifyRequest,
  reply: FastifyReply,
  slug: string,
  form: { emails: string; problem: string },
): Promise<FastifyReply> {
  const { title, guests } = await request.server.services.invitations.listGuests(memberOf(request), slug);
  reply.header("cache-control", "private, no-store");
  const here = `/entries/${slug}/guests`;
  const trail = [
    { name: "Calendar", url: request.server.publicUrl("events", "/") },
    { name: title, url: `/entries/${slug}` },
    { name: "Guests" },
  ];
  return reply.page("invitations/guests.html", { title, guests, here, trail, ...form });
}
