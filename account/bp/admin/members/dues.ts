import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { nothingHere } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { DuesId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";
import { type AnyForm, anyForm, lineOf } from "../form.ts";
import { minorOf } from "../groups/read-group.ts";
import { memberParams, sendMember } from "./show.ts";

const number = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
const ofMembership = memberParams.extend({ id: number });

/** POST /admin/members/ada/memberships/7/dues: money that a steward took, or that nobody asks for, for the next period. */
export const noteDues: Route<{ Params: z.output<typeof ofMembership>; Body: AnyForm }> = {
  method: "POST",
  url: "/admin/members/:handle/memberships/:id/dues",
  schema: { params: ofMembership, body: anyForm },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const { handle, id } = request.params;
    const { userId } = await services.membership.getMember(handle);
    const mine = (await services.membership.listOwn(userId)).find((one) => one.id === id);
    if (mine === undefined) throw nothingHere();
    const way = request.body["way"] === "waived" ? "waived" : "cash";
    const amountMinor = way === "waived" ? 0 : minorOf(lineOf(request.body, "amount"));
    const note = lineOf(request.body, "note")
      .replaceAll(/[\r\n]+/g, " ")
      .slice(0, 200);
    const refuse = (field: string, message: string) => sendMember(request, reply.code(422), [{ field: `${field}-${id}`, message }]);
    if (amountMinor === null || amountMinor > 10_000_000) return refuse("amount", "An amount in pounds and pence, as 12 or 12.50.");
    if (note.length < 3) return refuse("note", "Say in a word what it was: who gave it to whom, or why nobody asks.");
    const done = await transaction((tx) =>
      services.membership.noteDues(tx, { membershipId: mine.id, way, amountMinor, note, by: adminOf(request).userId }),
    );
    return reply.redirect(withNotice(`/admin/members/${handle}`, done.kind === "noted" ? "dues-noted" : "dues-not-had"), 303);
  },
};

const ofDues = memberParams.extend({ dues: number });

/** POST /admin/members/ada/dues/9/end: what was noted by mistake counts no more. */
export const takeBackDues: Route<{ Params: z.output<typeof ofDues> }> = {
  method: "POST",
  url: "/admin/members/:handle/dues/:dues/end",
  schema: { params: ofDues },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const { handle, dues } = request.params;
    const { userId } = await services.membership.getMember(handle);
    const isTheirs = (await services.membership.listOwn(userId)).some(({ entries }) => entries.some(({ id }) => id === dues));
    if (!isTheirs) throw nothingHere();
    const isDone = await transaction((tx) => services.membership.takeBackDues(tx, dues as DuesId, adminOf(request).userId));
    return reply.redirect(withNotice(`/admin/members/${handle}`, isDone ? "dues-taken-back" : "not-there-now"), 303);
  },
};
