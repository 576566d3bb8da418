import type { BookingsService } from "../../contracts/bookings.ts";
import type { CartService } from "../../contracts/cart.ts";
import type { OrdersService } from "../../contracts/orders.ts";
import type { PaymentsService } from "../../contracts/payments.ts";
import type { RelationsService } from "../../contracts/relations.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { makeRights } from "../calendars/rights.ts";
import { makeBook } from "./book.ts";
import { makeListHeld } from "./held.ts";
import { makeHolder } from "./holder.ts";
import { makeKept } from "./kept.ts";
import { makeNews } from "./news.ts";
import { makeReadDays } from "./read-days.ts";
import { makeSettleOrder } from "./settle-order.ts";

interface Beside {
  readonly relations: Pick<RelationsService, "list" | "may" | "listHolders">;
  readonly cart: Pick<CartService, "putLine">;
  readonly orders: Pick<OrdersService, "findKindLines">;
  readonly payments: Pick<PaymentsService, "requestRefund">;
}

/** Rooms on weekly slots, over PostgreSQL. */
export function makeBookingsService(deps: ServiceDeps, beside: Beside): BookingsService {
  const kept = makeKept(makeRights(beside.relations));
  return {
    ...makeReadDays(deps, { ...beside, kept }),
    book: makeBook(deps, beside),
    ...makeHolder(deps, { ...beside, kept }),
    listHeld: makeListHeld(deps),
    settleOrder: makeSettleOrder(deps, beside),
    ...makeNews(deps, beside.relations),
  };
}
