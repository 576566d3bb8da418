import type { DiscountForEditing, DiscountResult } from "@rose-ash/shared/contracts/discounts.ts";
import { adminOf, adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { writeLocal } from "@rose-ash/shared/infrastructure/zoned-time.ts";
import type { ProductId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import {
  type AnyForm,
  anyForm,
  DISCOUNT_PATH,
  type DiscountParams,
  discountParams,
  type FormError,
  FRESH,
  formOf,
  type Known,
  readDiscount,
} from "./fields.ts";
import { discountView } from "./words.ts";

/** GET /admin/discounts/new: an empty form. */
export const newDiscount: Route = {
  method: "GET",
  url: "/admin/discounts/new",
  onRequest: adminOnly("operate"),
  handler: (request, reply) => sendDiscount(request, reply, null, {}),
};

/** POST /admin/discounts: another discount. */
export const createDiscount: Route<{ Body: AnyForm }> = {
  method: "POST",
  url: "/admin/discounts",
  schema: { body: anyForm },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const form = request.body;
    const read = readDiscount(form, await knownTo(request, form["product"] ?? ""));
    if (read.kind === "wrong") return sendDiscount(request, reply.code(422), null, { form, errors: read.errors });
    const result = await transaction((tx) => services.discounts.create(tx, { fields: read.fields, by: adminOf(request).userId }));
    return answer(request, reply, { discount: null, form, result });
  },
};

/** GET /admin/discounts/:id: one of them, and whom it was granted. */
export const showDiscount: Route<{ Params: DiscountParams }> = {
  method: "GET",
  url: DISCOUNT_PATH,
  schema: { params: discountParams },
  onRequest: adminOnly("operate"),
  handler: async (request, reply) => sendDiscount(request, reply, await request.server.services.discounts.get(request.params.id), {}),
};

/** POST /admin/discounts/:id: what it is from now on; orders that have it keep it as it was. */
export const saveDiscount: Route<{ Params: DiscountParams; Body: AnyForm }> = {
  method: "POST",
  url: DISCOUNT_PATH,
  schema: { params: discountParams, body: anyForm },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const { id } = request.params;
    const form = request.body;
    const discount = await services.discounts.get(id);
    const read = readDiscount(form, await knownTo(request, form["product"] ?? ""));
    if (read.kind === "wrong") return sendDiscount(request, reply.code(422), discount, { form, errors: read.errors });
    const change = { id, revision: Number(form["revision"]) || 0, fields: read.fields, by: adminOf(request).userId };
    return answer(request, reply, { discount, form, result: await transaction((tx) => services.discounts.change(tx, change)) });
  },
};

async function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  { discount, form, result }: { discount: DiscountForEditing | null; form: AnyForm; result: DiscountResult },
): Promise<FastifyReply> {
  switch (result.kind) {
    case "changed":
      return reply.redirect(withNotice(`/admin/discounts/${result.id}`, "saved"), 303);
    case "taken":
      return sendDiscount(request, reply.code(422), discount, {
        form,
        errors: [{ field: "code", message: "Another discount has this code." }],
      });
    case "conflict":
      return sendDiscount(request, reply.code(409), discount, {
        form,
        problem: "Somebody else changed it meanwhile. Look at how it stands, and save again.",
      });
    case "gone":
      return sendDiscount(request, reply.code(409), discount, { form, problem: "What it names is not there any more." });
  }
}

interface Again {
  form?: AnyForm;
  errors?: readonly FormError[];
  problem?: string;
  grant?: AnyForm;
}

/** The page of a discount, or of a new one; grant: that form, given back. */
export async function sendDiscount(
  request: FastifyRequest,
  reply: FastifyReply,
  discount: DiscountForEditing | null,
  { form, errors = [], problem = "", grant = {} }: Again,
): Promise<FastifyReply> {
  const { services, runtime } = request.server;
  const { timeZone: zone } = runtime.site;
  const known = await knownTo(request, "");
  const fresh = { ...FRESH, startsAt: writeLocal(runtime.clock.now(), zone) };
  const option = ({ id, name }: { id: number; name: string }) => ({ value: String(id), label: name });
  return reply.page("admin/discounts/edit.html", {
    menu: menuOf(request),
    ...{ problem, errors, grant, zone },
    discount: discount && discountView(discount, runtime.site.locale),
    grants: discount === null ? [] : await services.discounts.listGrants(discount.id),
    form: form ?? (discount === null ? fresh : formOf(discount, { zone, productSlug: await slugOf(request, discount) })),
    options: { merchants: known.merchants.map(option), shelves: [{ value: "", label: "none" }, ...known.shelves.map(option)] },
    messages: Object.fromEntries(errors.map(({ field, message }) => [field, message])),
  });
}

async function slugOf({ server }: FastifyRequest, { covers }: DiscountForEditing): Promise<string> {
  if (covers.kind !== "product") return "";
  const [card] = await server.services.market.listProductCardsById([covers.productId]);
  return card?.slug ?? "";
}

async function knownTo({ server }: FastifyRequest, product: string): Promise<Known> {
  const { merchants, shelves, relations } = server.services;
  const slug = /^[a-z0-9-]{1,180}$/.test(product.trim()) ? product.trim() : "";
  const [sellers, all, [found]] = await Promise.all([
    merchants.list(),
    shelves.listAll(),
    relations.readValues([slug === "" ? "" : `product:${slug}`]),
  ]);
  const number = /^product:(\d+)$/.exec(String(found ?? ""))?.[1];
  const productId = number === undefined ? null : (Number(number) as ProductId);
  return { merchants: sellers, shelves: all.map(({ id, name }) => ({ id, name })), productId, zone: server.runtime.site.timeZone };
}
