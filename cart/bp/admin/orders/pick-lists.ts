import type { PickList } from "@rose-ash/shared/contracts/orders.ts";
import { adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { STATUS_WORDS } from "../../order/words.ts";

/**
 * GET /admin/orders/pick-lists: what is to be packed from the shelf for paid orders, by pick-up, to be printed: first all pieces
 * together, then order by order. What comes by order stands on the lists of its cycle, in the shop.
 */
export const showPickLists: Route = {
  method: "GET",
  url: "/admin/orders/pick-lists",
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const lists = await request.server.services.orders.listToPick();
    return reply.page("admin/orders/pick-lists.html", {
      menu: menuOf(request),
      lists: lists.map((list) => ({
        ...list,
        pieces: piecesOf(list),
        orders: list.orders.map((order) => ({ ...order, ...STATUS_WORDS[order.status] })),
      })),
    });
  },
};

/** What a list needs of each thing in all, by name. */
function piecesOf({ orders }: PickList): readonly { name: string; quantity: number }[] {
  const pieces = new Map<string, number>();
  for (const { name, quantity } of orders.flatMap(({ lines }) => lines)) pieces.set(name, (pieces.get(name) ?? 0) + quantity);
  return [...pieces].map(([name, quantity]) => ({ name, quantity })).toSorted((a, b) => a.name.localeCompare(b.name));
}
