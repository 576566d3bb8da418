import { cartOwnerOf } from "@rose-ash/shared/contracts/cart.ts";
import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { getOrder, type OrderParams, orderParams } from "./order.ts";

/** POST /orders/:reference/cart: puts what an order had that ended unpaid into the cart again, as far as it can be had. */
export const orderAgain: Route<{ Params: OrderParams }> = {
  method: "POST",
  url: "/orders/:reference/cart",
  schema: { params: orderParams },
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const { id, status } = await getOrder(request);
    if (status !== "expired" && status !== "cancelled")
      throw new CodedError("order-moved", "This order is not over. Please open its page again.");
    const owner = cartOwnerOf(request.viewer) ?? { kind: "device" as const, deviceId: request.ensureDevice(reply) };
    const again = await services.orders.listAgain(id);
    const results = await transaction(async (tx) => {
      if (owner.kind === "device") await services.identity.keepDevice(tx, owner.deviceId);
      const kinds = [];
      for (const { cycleId, ...add } of again.lines) {
        const put = cycleId === null ? services.cart.addLine(tx, owner, add) : services.cart.addShare(tx, owner, { ...add, cycleId });
        kinds.push((await put).kind);
      }
      return kinds;
    });
    const isWhole = again.isWhole && results.every((kind) => kind === "added");
    return reply.redirect(withNotice("/", isWhole ? "again-in-cart" : "again-partly"), 303);
  },
};
