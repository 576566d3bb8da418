import type { CartService } from "../../contracts/cart.ts";
import type { OrdersService } from "../../contracts/orders.ts";
import type { PaymentsService } from "../../contracts/payments.ts";
import type { RelationsService } from "../../contracts/relations.ts";
import type { TicketsService } from "../../contracts/tickets.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { makeGetBox } from "./box.ts";
import { makeHolder } from "./holder.ts";
import { makeSeen } from "./seen.ts";
import { makeSettleOrder } from "./settle-order.ts";
import { makeFindStanding } from "./standing.ts";
import { makeTake } from "./take.ts";
import { makeWaits } from "./waits.ts";

interface Beside {
  readonly cart: Pick<CartService, "putLine">;
  readonly orders: Pick<OrdersService, "findKindLines">;
  readonly payments: Pick<PaymentsService, "requestRefund">;
  readonly relations: Pick<RelationsService, "list">;
}

/** Tickets and the waiting list, over PostgreSQL. */
export function makeTicketsService(deps: ServiceDeps, beside: Beside): TicketsService {
  const taking = { cart: beside.cart, findStanding: makeFindStanding(beside.relations) };
  return {
    getBox: makeGetBox(deps, taking),
    ...makeTake(deps, taking),
    settleOrder: makeSettleOrder(deps, beside),
    ...makeHolder(deps, beside),
    ...makeSeen(deps),
    ...makeWaits(deps, taking),
  };
}
