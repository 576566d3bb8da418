import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { readLocal } from "@rose-ash/shared/infrastructure/zoned-time.ts";
import type { DiscountId, UserId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";
import { sendDiscount } from "./edit.ts";
import { type AnyForm, anyForm, DISCOUNT_PATH, type DiscountParams, discountParams } from "./fields.ts";

const ENTITLED = "cart.entitled";
const valuesOf = (user: string | number, id: DiscountId) => [user, `discount:${id}`];

/** POST /admin/discounts/:id/grants: one person gets it, whatever group they are in or not. It is stated in one's own name, with a reason. */
export const grantDiscount: Route<{ Params: DiscountParams; Body: AnyForm }> = {
  method: "POST",
  url: `${DISCOUNT_PATH}/grants`,
  schema: { params: discountParams, body: anyForm },
  onRequest: adminOnly("assert-facts"),
  async handler(request, reply) {
    const { services, runtime, transaction } = request.server;
    const { id } = request.params;
    const discount = await services.discounts.get(id);
    const form = request.body;
    const again = (field: string, message: string) =>
      sendDiscount(request, reply.code(422), discount, { grant: form, errors: [{ field, message }] });
    const handle = (form["person"] ?? "").trim().replace(/^@/, "").toLowerCase();
    const [user] = /^[a-z0-9-]{1,80}$/.test(handle) ? await services.relations.readValues([`user:${handle}`]) : [null];
    if (user === null || user === undefined) return again("person", "A member’s name in addresses, like ada.");
    const until = (form["until"] ?? "").trim();
    const expiresAt = until === "" ? null : readLocal(until, runtime.site.timeZone);
    if (until !== "" && expiresAt === null) return again("until", "A day and a time; nothing: it has no end.");
    const fact = { relation: ENTITLED, values: valuesOf(user, id), reason: form["reason"] ?? "", expiresAt };
    const result = await transaction((tx) => services.relations.assertFact(tx, adminOf(request).userId, fact));
    if (result.kind === "malformed") return again(/ended/.test(result.message) ? "until" : "reason", result.message);
    if (result.kind !== "asserted") return again("person", "Nobody grants anything to themselves. Ask somebody else to.");
    await runtime.relations.hint();
    return reply.redirect(withNotice(`/admin/discounts/${id}`, "stated"), 303);
  },
};

const removal = z.object({ user: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER), assertedBy: z.string().max(60) });

/** POST /admin/discounts/:id/grants/removal: somebody's grant is taken back; what follows from groups stays. */
export const takeGrantBack: Route<{ Params: DiscountParams; Body: z.output<typeof removal> }> = {
  method: "POST",
  url: `${DISCOUNT_PATH}/grants/removal`,
  schema: { params: discountParams, body: removal },
  onRequest: adminOnly("assert-facts"),
  async handler(request, reply) {
    const { services, runtime, transaction } = request.server;
    const { id } = request.params;
    const user = `user:${request.body.user as UserId}`;
    const fact = {
      relation: ENTITLED,
      values: valuesOf(user, id),
      reason: "Taken back at the discount",
      assertedBy: request.body.assertedBy,
    };
    const result = await transaction((tx) => services.relations.retractFact(tx, adminOf(request).userId, fact));
    await runtime.relations.hint();
    return reply.redirect(withNotice(`/admin/discounts/${id}`, result.kind === "retracted" ? "taken-back" : "not-stated"), 303);
  },
};
