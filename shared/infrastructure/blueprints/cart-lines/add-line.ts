import { z } from "zod";
import { CodedError } from "../../../contracts/errors.ts";
import type { OrderCycleId } from "../../../models/ids.ts";
import type { Route } from "../../http/index.ts";
import { askAgain, firstMessages, ownerOf, returnTo, typedValues } from "./form.ts";
import { next, typedQuantity } from "./quantity.ts";

const SLUG = /^[a-z0-9-]{1,200}$/;
/** cycle: by order, in this order cycle; what can't be one is closed. */
const body = z.object({
  product: z.string().regex(SLUG),
  quantity: typedQuantity(1),
  cycle: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).nullish().catch(0),
  next,
});

/** POST /cart/lines: puts a product, from the shelf or by order, into the cart of whoever asks, and goes back to where they were. */
export const addLine: Route<{ Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/cart/lines",
  schema: { body },
  attachValidation: true,
  async handler(request, reply) {
    const { services } = request.server;
    if (request.validationError) {
      const typed = typedValues(request.body);
      const [product] = SLUG.test(typed.product) ? await services.market.listProductCards([typed.product]) : [];
      if (product === undefined) throw new CodedError("product-gone", "There is no such product in the shop.");
      return askAgain(reply, { action: "/cart/lines", typed, product, min: 1, messages: firstMessages(request) });
    }
    const { product: productSlug, quantity, cycle, next: path } = request.body;
    const owner = ownerOf(request, reply);
    const result = await request.server.transaction(async (tx) => {
      if (owner.kind === "device") await services.identity.keepDevice(tx, owner.deviceId);
      if (cycle === undefined || cycle === null) return services.cart.addLine(tx, owner, { productSlug, quantity });
      return services.cart.addShare(tx, owner, { productSlug, quantity, cycleId: cycle as OrderCycleId });
    });
    return returnTo(request, reply, path, result.kind);
  },
};
