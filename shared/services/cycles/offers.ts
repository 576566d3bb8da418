import { eq, sql } from "drizzle-orm";
import { type CyclesService, offer } from "../../contracts/cycles.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { products } from "../../models/market.ts";
import type { IncompleteCase } from "../../models/order-cycles.ts";
import { type PickUpRow, pickUpOf, pickUpsJson } from "./pick-ups.ts";
import { type OfferRow, offerJson, offerOf } from "./sql.ts";

type Row = OfferRow & { note: string; incompleteCase: IncompleteCase; pickUps: PickUpRow[] };

/** How a product can be had by order, for its page. */
export function makeFindOffer({ db }: ServiceDeps): CyclesService["findOffer"] {
  const more = sql`, 'note', cycle.note, 'incompleteCase', coalesce(lot.decision, cycle.incomplete_case), 'pickUps', ${pickUpsJson("cycle")}`;
  const found = db
    .select({ offer: offerJson("products", more) })
    .from(products)
    .where(eq(products.id, sql.placeholder("id")))
    .prepare("cycles_offer");
  return async (id) => {
    const [row] = await found.execute({ id });
    if (!row?.offer) return null;
    const { pickUps, ...rest } = row.offer as Row; // offerJson gives what it was asked to besides
    return offer.parse({ ...offerOf(rest), pickUps: pickUps.map(pickUpOf) });
  };
}
