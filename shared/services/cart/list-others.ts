import { sql } from "drizzle-orm";
import type { CartOwner } from "../../contracts/cart.ts";
import type { LineKind } from "../../contracts/line-kinds.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import type { CartLineId, MerchantId } from "../../models/ids.ts";
import { type Seller, sellerOfCalendar } from "../merchants/seller-of.ts";
import { GONE, readOffers } from "./kinds.ts";
import { isOwnedBy } from "./owner.ts";

interface Row extends Record<string, unknown> {
  id: string;
  kind: string;
  ref: string;
  quantity: number;
  seenPriceMinor: number | null;
  heldUntil: string | null;
}

/** Lines of what other services sell, as these say they are now, with who is paid for them. */
export function makeListOthers(db: ServiceDeps["db"], kinds: readonly LineKind[]) {
  return async (owner: CartOwner) => {
    const { rows } = await db.execute<Row>(sql`
      select line.id, kind, ref, quantity, seen_price_minor as "seenPriceMinor", case when held_until > now() then held_until end as "heldUntil"
      from carts join cart_lines as line on line.cart_id = carts.id where ${isOwnedBy(owner)} and ref is not null
      order by line.created_at, line.id`);
    if (rows.length === 0) return [];
    const offers = await readOffers(kinds, owner, rows);
    const offerOf = ({ kind, ref }: Row) => offers.get(`${kind} ${ref}`) ?? GONE;
    const sellers = await sellersOf(
      db,
      rows.map((row) => offerOf(row).calendarId),
    );
    return rows.map((row) => {
      const { calendarId, vatClass: _, ...offer } = offerOf(row);
      const seller = sellers.get(calendarId) ?? null;
      return {
        ...offer,
        ...{
          id: Number(row.id) as CartLineId,
          kind: row.kind,
          quantity: row.quantity,
          seller,
          merchantId: (seller?.id ?? null) as MerchantId | null,
        },
        totalMinor: row.quantity * offer.unitPriceMinor,
        seenPriceMinor: row.seenPriceMinor === offer.unitPriceMinor ? null : row.seenPriceMinor,
        heldUntil: row.heldUntil === null ? null : new Date(row.heldUntil),
      };
    });
  };
}

/** By calendar; null is that of none. */
export async function sellersOf(
  db: Pick<ServiceDeps["db"], "execute">,
  calendarIds: readonly (number | null)[],
): Promise<ReadonlyMap<number | null, Seller | null>> {
  const wanted = sql.param([...new Set(calendarIds)]);
  const { rows } = await db.execute<{ calendarId: string | null; seller: Seller | null }>(sql`
    select calendar as "calendarId", ${sellerOfCalendar(sql`wanted.calendar`)} as seller from unnest(${wanted}::bigint[]) as wanted (calendar)`);
  return new Map(rows.map(({ calendarId, seller }) => [calendarId === null ? null : Number(calendarId), seller]));
}
