import { someProductFields } from "@rose-ash/shared/contracts/product-fields.ts";
import { NEEDED_FIELDS, type NewProduct } from "@rose-ash/shared/contracts/shelf.ts";
import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { CategoryId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { idsOf, severalOf } from "../several.ts";
import { type Form, SECTIONS } from "./form.ts";
import { messageOf, typedValue } from "./form-fields.ts";
import { sendNew } from "./new.ts";

const body = z.object({ shelves: severalOf }).catchall(z.string().catch(""));
const MAX_STOCK = 99_999;

/** POST /admin/products: a new one, off sale until somebody puts it on. */
export const createProduct: Route<{ Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/admin/products",
  schema: { body },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { shelves, ...typed } = request.body;
    const ids = idsOf(shelves);
    const read = await readNew(request, typed);
    if (read.kind === "wrong") return sendNew(request, reply, { typed, shelves: ids, messages: read.messages });
    const { services, transaction } = request.server;
    const product = { ...read.product, categoryIds: ids as readonly CategoryId[], by: adminOf(request).userId };
    const id = await transaction((tx) => services.shelf.createProduct(tx, product));
    if (id === null) return sendNew(request, reply, { typed, shelves: ids, messages: { slug: "Another product is at this address." } });
    return reply.redirect(withNotice(`/admin/products/${id}`, "made-off-sale"), 303);
  },
};

type ReadNew =
  | { kind: "read"; product: Omit<NewProduct, "categoryIds" | "by"> }
  | { kind: "wrong"; messages: Readonly<Record<string, string>> };

async function readNew(request: FastifyRequest, typed: Form): Promise<ReadNew> {
  const { suppliers } = await request.server.services.shelf.listChoices();
  const messages: Record<string, string> = {};
  const forms = SECTIONS.flatMap(({ fields }) => fields);
  const said = NEEDED_FIELDS.map((field) => {
    const form = forms.find((one) => one.field === field);
    const read = someProductFields.safeParse({ [field]: form && typedValue(form, typed[field] ?? "") });
    if (!read.success) messages[field] = messageOf(field);
    return read.success ? read.data : {};
  });
  const supplier = suppliers.find(({ id }) => String(id) === typed["supplierId"]);
  if (!supplier) messages["supplierId"] = "Choose who sells it to us.";
  const slug = typed["slug"]?.trim() ?? "";
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug) || slug.length > 200) messages["slug"] = "Small letters, digits and hyphens between them.";
  const stock = typed["stock"]?.trim() || "0";
  if (!/^\d{1,5}$/.test(stock) || Number(stock) > MAX_STOCK) messages["stock"] = "A whole number.";
  if (!supplier || Object.keys(messages).length > 0) return { kind: "wrong", messages };
  const fields = { ...Object.assign({}, ...said), isOnSale: false } as NewProduct["fields"];
  return { kind: "read", product: { slug, supplierId: supplier.id, fields, stock: Number(stock) } };
}
