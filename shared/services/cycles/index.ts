import { sql } from "drizzle-orm";
import type { CyclesService, Shortfall } from "../../contracts/cycles.ts";
import type { RelationsService } from "../../contracts/relations.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import type { LotId } from "../../models/ids.ts";
import { paidForShortfall } from "../back-orders/paid-for.ts";
import { makeIsFor } from "../cart/sold-to.ts";
import { makeHoldForCheckout } from "./hold-for-checkout.ts";
import { makeListOpenCycles } from "./list-open-cycles.ts";
import { makeFindOffer } from "./offers.ts";
import { choosePickUp, findDelivery, makePickUpsFor } from "./pick-ups.ts";
import { makePriceNews } from "./price-news.ts";

/** Order cycles as shoppers and the checkout meet them, over PostgreSQL. */
export function makeCyclesService(deps: ServiceDeps, { relations }: { relations: Pick<RelationsService, "list"> }): CyclesService {
  return {
    listOpenCycles: makeListOpenCycles(deps),
    findOffer: makeFindOffer(deps),
    pickUpsFor: makePickUpsFor(deps),
    holdForCheckout: makeHoldForCheckout(makeIsFor(relations)),
    choosePickUp,
    findDelivery,
    ...makePriceNews(deps),
    async listShortfalls(orderId) {
      const { rows } = await deps.db.execute<Record<keyof Shortfall, string>>(sql`
        select line.id as "orderLineId", line.lot_id as "lotId", line.name, shortfalls.quantity, shortfalls.reason,
          ${paidForShortfall} as "amountMinor"
        from shortfalls join order_lines as line on line.id = shortfalls.order_line_id
        where line.order_id = ${orderId} order by line.position, shortfalls.id`);
      return rows.map(({ name, reason, ...row }) => ({
        ...{ name, reason: reason as Shortfall["reason"], lotId: Number(row.lotId) as LotId },
        ...{ orderLineId: Number(row.orderLineId), quantity: Number(row.quantity), amountMinor: Number(row.amountMinor) },
      }));
    },
  };
}
