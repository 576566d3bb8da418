import { z } from "zod";
import { cartOwnerOf } from "../../../contracts/cart.ts";
import { CodedError } from "../../../contracts/errors.ts";
import type { Route } from "../../http/index.ts";
import { lineIdOf } from "./change-line.ts";
import { returnTo } from "./form.ts";
import { next } from "./quantity.ts";

const params = z.object({ id: z.string() });
/** priceMinor: the price that the page showed. */
const body = z.object({ priceMinor: z.coerce.number().int().min(0).max(2_147_483_647), next });

/** POST /cart/lines/:id/price: whoever owns the line has seen what it costs now. */
export const acceptPrice: Route<{ Params: z.output<typeof params>; Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/cart/lines/:id/price",
  schema: { params, body },
  async handler(request, reply) {
    const owner = cartOwnerOf(request.viewer);
    const lineId = lineIdOf(request.params.id);
    if (owner === null || lineId === null) throw new CodedError("line-gone", "This is no longer in your cart.");
    const { priceMinor, next: path } = request.body;
    await request.server.transaction((tx) => request.server.services.cart.acceptPrice(tx, owner, { lineId, priceMinor }));
    return returnTo(request, reply, path, "price-accepted");
  },
};
