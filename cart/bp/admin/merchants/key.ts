import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { type AnyForm, anyForm, MERCHANT_PATH, type MerchantParams, merchantParams } from "./fields.ts";
import { FRESH, sendMerchant } from "./show.ts";

/** POST /admin/merchants/:id/key: an API key, kept encrypted and shown to nobody again. */
export const setKey: Route<{ Params: MerchantParams; Body: AnyForm }> = {
  method: "POST",
  url: `${MERCHANT_PATH}/key`,
  schema: { params: merchantParams, body: anyForm },
  onRequest: adminOnly("grant-roles"),
  async handler(request, reply) {
    const { services, transaction, merchantKeys } = request.server;
    const { id } = request.params;
    const key = (request.body["key"] ?? "").trim();
    if (!/^[\x21-\x7e]{8,300}$/.test(key)) {
      const errors = [{ field: "key", message: "An API key of SumUp’s, as it stands there: it begins with sup_sk_." }];
      return sendMerchant(request, reply.code(422), { ...FRESH, errors });
    }
    const { code } = await services.merchants.get(id);
    const change = { kind: "key", sealed: await merchantKeys.seal(code, key) } as const;
    await transaction((tx) => services.merchants.change(tx, { id, by: adminOf(request).userId, change }));
    return reply.redirect(withNotice(`/admin/merchants/${id}`, "saved"), 303);
  },
};

/** POST /admin/merchants/:id/key/removal: no key is kept here any more. */
export const removeKey: Route<{ Params: MerchantParams }> = {
  method: "POST",
  url: `${MERCHANT_PATH}/key/removal`,
  schema: { params: merchantParams },
  onRequest: adminOnly("grant-roles"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const { id } = request.params;
    await services.merchants.get(id);
    const change = { kind: "key", sealed: null } as const;
    await transaction((tx) => services.merchants.change(tx, { id, by: adminOf(request).userId, change }));
    return reply.redirect(withNotice(`/admin/merchants/${id}`, "removed-for-good"), 303);
  },
};

/** POST /admin/merchants/:id/key/check: asks SumUp whether it takes the key. */
export const checkKey: Route<{ Params: MerchantParams }> = {
  method: "POST",
  url: `${MERCHANT_PATH}/key/check`,
  schema: { params: merchantParams },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { services, paymentFlow } = request.server;
    const { code } = await services.merchants.get(request.params.id);
    const trouble = await paymentFlow.checkKey(code);
    const checked = { isTaken: trouble === null, words: trouble ?? "SumUp takes the key." };
    return sendMerchant(request, reply, { ...FRESH, checked });
  },
};
