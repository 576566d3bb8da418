import { z } from "zod";
import { type CartOwner, cartOwnerOf } from "../../../contracts/cart.ts";
import { CodedError } from "../../../contracts/errors.ts";
import type { Services } from "../../../contracts/services.ts";
import type { CartLineId } from "../../../models/ids.ts";
import type { Route } from "../../http/index.ts";
import { askAgain, firstMessages, returnTo, typedValues } from "./form.ts";
import { next, typedQuantity } from "./quantity.ts";

const params = z.object({ id: z.string() });
const body = z.object({ quantity: typedQuantity(0), next });

/** POST /cart/lines/:id: sets what a line of one's own cart holds; 0 takes it out. */
export const changeLine: Route<{ Params: z.output<typeof params>; Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/cart/lines/:id",
  schema: { params, body },
  attachValidation: true,
  async handler(request, reply) {
    const { services } = request.server;
    const owner = cartOwnerOf(request.viewer);
    const lineId = lineIdOf(request.params.id);
    if (owner === null || lineId === null) throw gone();
    if (request.validationError) {
      const product = await getThing(services, owner, lineId);
      const typed = typedValues(request.body);
      return askAgain(reply, { action: `/cart/lines/${lineId}`, typed, product, min: 0, messages: firstMessages(request) });
    }
    const { quantity, next: path } = request.body;
    const result = await request.server.transaction((tx) => services.cart.setQuantity(tx, owner, { lineId, quantity }));
    return returnTo(request, reply, path, result.kind);
  },
};

/** The id of a line in an address; null: that can't be one. */
export function lineIdOf(text: string): CartLineId | null {
  return /^[1-9]\d{0,14}$/.test(text) ? (Number(text) as CartLineId) : null;
}

async function getThing({ cart }: Services, owner: CartOwner, lineId: CartLineId) {
  const { lines, others } = await cart.getCart(owner);
  const product = lines.find(({ id }) => id === lineId)?.product;
  const other = others.find(({ id }) => id === lineId);
  const thing = product ?? (other && { slug: "", name: other.title, url: other.url });
  if (thing === undefined) throw gone();
  return thing;
}

function gone(): CodedError {
  return new CodedError("line-gone", "This is no longer in your cart.");
}
