import type { MerchantFields, MerchantResult } from "@rose-ash/shared/contracts/merchants.ts";
import { adminOf, adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { type AnyForm, anyForm, type FormError, MERCHANT_PATH, type MerchantParams, merchantParams, readMerchant } from "./fields.ts";
import { keyWords } from "./words.ts";

/** A form that came back, and what is wrong with it. checked: what SumUp said of the key; null: it was not asked. */
export interface Again {
  form: AnyForm | null;
  errors: readonly FormError[];
  problem: string;
  checked: { isTaken: boolean; words: string } | null;
}
export const FRESH: Again = { form: null, errors: [], problem: "", checked: null };

const PROBLEMS: Record<Exclude<MerchantResult["kind"], "changed">, { field: string; message: string }> = {
  conflict: {
    field: "",
    message: "Somebody else changed it meanwhile. What you typed is below: look at how it stands now, and save again.",
  },
  taken: { field: "code", message: "Another merchant has this code." },
  used: { field: "code", message: "Something was sold by it: its code and its currency stay. Make another merchant instead." },
  gone: { field: "", message: "It is not there any more." },
};

/** GET /admin/merchants/:id: what is said of a merchant, its key, and its pages. */
export const showMerchant: Route<{ Params: MerchantParams }> = {
  method: "GET",
  url: MERCHANT_PATH,
  schema: { params: merchantParams },
  onRequest: adminOnly("operate"),
  handler: (request, reply) => sendMerchant(request, reply, FRESH),
};

/** POST /admin/merchants/:id: what stands on receipts, and whether it sells anything. */
export const saveMerchant: Route<{ Params: MerchantParams; Body: AnyForm }> = {
  method: "POST",
  url: MERCHANT_PATH,
  schema: { params: merchantParams, body: anyForm },
  onRequest: adminOnly("grant-roles"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const { id } = request.params;
    const form = request.body;
    const read = readMerchant(form);
    if (read.kind === "wrong") return sendMerchant(request, reply.code(422), { ...FRESH, form, errors: read.errors });
    const change = { kind: "details", revision: Number(form["revision"]) || 0, fields: read.fields } as const;
    const { kind } = await transaction((tx) => services.merchants.change(tx, { id, by: adminOf(request).userId, change }));
    if (kind === "changed") return reply.redirect(withNotice(`/admin/merchants/${id}`, "saved"), 303);
    const { field, message } = PROBLEMS[kind];
    const errors = field === "" ? [] : [{ field, message }];
    const problem = field === "" ? message : "";
    return sendMerchant(request, reply.code(kind === "conflict" ? 409 : 422), { ...FRESH, form, errors, problem });
  },
};

/** The page about a merchant. */
export async function sendMerchant(
  request: FastifyRequest<{ Params: MerchantParams }>,
  reply: FastifyReply,
  { form, errors, problem, checked }: Again,
): Promise<FastifyReply> {
  const { services, merchantKeys } = request.server;
  const merchant = await services.merchants.get(request.params.id);
  const [freePages, source] = await Promise.all([services.merchants.listFreePages(), merchantKeys.sourceOf(merchant.code)]);
  return reply.header("cache-control", "no-store").page("admin/merchants/show.html", {
    menu: menuOf(request),
    ...{ merchant, problem, checked, errors },
    mayEdit: adminOf(request).actions.includes("grant-roles"),
    key: keyWords(source, merchant.keySetAt),
    form: form ?? stored(merchant),
    pageOptions: freePages.map(({ id, title, path }) => ({ value: String(id), label: `${title} (/${path})` })),
    messages: Object.fromEntries(errors.map(({ field, message }) => [field, message])),
  });
}

function stored({ code, name, currency, address, vatId, chargesVat, isActive }: MerchantFields): AnyForm {
  return { code, name, currency, address, vatId, chargesVat: chargesVat ? "yes" : "", isActive: isActive ? "yes" : "" };
}
