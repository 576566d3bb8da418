import { adminOf, adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { type AnyForm, anyForm, type FormError, readMerchant } from "./fields.ts";
import { keyWords } from "./words.ts";

const FRESH: AnyForm = { currency: "GBP", chargesVat: "yes" };

/** GET /admin/merchants: who is paid for what, and with which key. */
export const listMerchants: Route = {
  method: "GET",
  url: "/admin/merchants",
  onRequest: adminOnly("operate"),
  handler: (request, reply) => sendMerchants(request, reply, { form: FRESH, errors: [] }),
};

/** POST /admin/merchants: another one. It sells nothing before it has a page, unless it is the first. */
export const createMerchant: Route<{ Body: AnyForm }> = {
  method: "POST",
  url: "/admin/merchants",
  schema: { body: anyForm },
  onRequest: adminOnly("grant-roles"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const form = { ...request.body, isActive: "yes" };
    const read = readMerchant(form);
    if (read.kind === "wrong") return sendMerchants(request, reply.code(422), { form, errors: read.errors });
    const by = adminOf(request).userId;
    const id = await transaction((tx) => services.merchants.create(tx, { fields: read.fields, by }));
    if (id !== null) return reply.redirect(withNotice(`/admin/merchants/${id}`, "saved"), 303);
    return sendMerchants(request, reply.code(422), { form, errors: [{ field: "code", message: "Another merchant has this code." }] });
  },
};

async function sendMerchants(
  request: FastifyRequest,
  reply: FastifyReply,
  { form, errors }: { form: AnyForm; errors: readonly FormError[] },
): Promise<FastifyReply> {
  const { services, merchantKeys } = request.server;
  const merchants = (await services.merchants.list()).map(async (one) => ({
    ...one,
    key: keyWords(await merchantKeys.sourceOf(one.code), one.keySetAt),
  }));
  return reply.page("admin/merchants/list.html", {
    menu: menuOf(request),
    merchants: await Promise.all(merchants),
    mayEdit: adminOf(request).actions.includes("grant-roles"),
    ...{ form, errors },
    messages: Object.fromEntries(errors.map(({ field, message }) => [field, message])),
  });
}
