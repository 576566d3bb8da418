import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { ProductId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";
import { sendPage } from "./back-order.ts";
import { ORDER_PATH, type OrderParams, orderParams, orderPath } from "./params.ts";

/** pieces-<product>: how many came; number: of the last sending, as the page showed it; asSent: no amendment is sent for what changed. */
const body = z.record(z.string(), z.string().catch(""));
const COUNT = "A whole number, nought if nothing came.";
const CHANGED = "Other orders stand than the supplier was told of: send the amendment first, or tick this.";

/** POST …/arrival: what came, once. Who gets less is told; what is over goes onto the shelf. */
export const receiveOrder: Route<{ Params: OrderParams; Body: z.output<typeof body> }> = {
  method: "POST",
  url: `${ORDER_PATH}/arrival`,
  schema: { params: orderParams, body },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const { id, supplier } = request.params;
    const typed = typedPieces(request.body);
    const again = (messages: Readonly<Record<string, string>>) =>
      sendPage(request, reply.code(422), request.params, { messages, typed: request.body });
    const wrong = typed.filter(({ text }) => !/^\d{1,5}$/.test(text));
    if (wrong.length > 0) return again(Object.fromEntries(wrong.map(({ name }) => [name, COUNT])));
    const { number = "", asSent } = request.body;
    const result = await transaction((tx) =>
      services.backOrders.receiveBackOrder(tx, {
        ...{ cycleId: id, supplierId: supplier, by: adminOf(request).userId, isAsSent: asSent === "yes" },
        number: /^\d{1,5}$/.test(number) ? Number(number) : 0,
        pieces: new Map(typed.map(({ product, text }) => [product, Number(text)])),
      }),
    );
    if (result.kind === "uncounted") return again(Object.fromEntries(result.productIds.map((one) => [`pieces-${one}`, COUNT])));
    if (result.kind === "changed") return again({ asSent: CHANGED });
    return reply.redirect(withNotice(orderPath(request.params), result.kind === "received" ? "order-arrived" : "not-there-now"), 303);
  },
};

function typedPieces(form: Readonly<Record<string, string>>): { name: string; product: ProductId; text: string }[] {
  return Object.entries(form).flatMap(([name, text]) => {
    const [, product] = /^pieces-([1-9]\d{0,14})$/.exec(name) ?? [];
    return product === undefined ? [] : [{ name, product: Number(product) as ProductId, text: text.trim() }];
  });
}
