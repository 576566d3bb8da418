import type { MerchantChange } from "@rose-ash/shared/contracts/merchants.ts";
import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { PageId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { MERCHANT_PATH, type MerchantParams, merchantParams } from "./fields.ts";
import { FRESH, sendMerchant } from "./show.ts";

const body = z.object({
  page: z.coerce
    .number()
    .int()
    .min(1)
    .max(Number.MAX_SAFE_INTEGER)
    .transform((id) => id as PageId),
});

/** POST /admin/merchants/:id/pages: what this page shows is sold by the merchant from now on. */
export const givePage: Route<{ Params: MerchantParams; Body: z.output<typeof body> }> = {
  method: "POST",
  url: `${MERCHANT_PATH}/pages`,
  schema: { params: merchantParams, body },
  onRequest: adminOnly("grant-roles"),
  handler: (request, reply) => change(request, reply, { kind: "page", pageId: request.body.page }),
};

/** POST /admin/merchants/:id/pages/removal: what this page shows is sold by the default merchant again. */
export const takePage: Route<{ Params: MerchantParams; Body: z.output<typeof body> }> = {
  method: "POST",
  url: `${MERCHANT_PATH}/pages/removal`,
  schema: { params: merchantParams, body },
  onRequest: adminOnly("grant-roles"),
  handler: (request, reply) => change(request, reply, { kind: "no-page", pageId: request.body.page }),
};

/** POST /admin/merchants/:id/default: it is paid for whatever no page's merchant sells. */
export const makeDefault: Route<{ Params: MerchantParams }> = {
  method: "POST",
  url: `${MERCHANT_PATH}/default`,
  schema: { params: merchantParams },
  onRequest: adminOnly("grant-roles"),
  handler: (request, reply) => change(request, reply, { kind: "default" }),
};

async function change(
  request: FastifyRequest<{ Params: MerchantParams }>,
  reply: FastifyReply,
  what: MerchantChange,
): Promise<FastifyReply> {
  const { services, transaction } = request.server;
  const { id } = request.params;
  const by = adminOf(request).userId;
  const { kind } = await transaction((tx) => services.merchants.change(tx, { id, by, change: what }));
  if (kind === "changed") return reply.redirect(withNotice(`/admin/merchants/${id}`, "saved"), 303);
  return sendMerchant(request, reply.code(409), { ...FRESH, problem: "That page is not there any more, or another merchant has it." });
}
