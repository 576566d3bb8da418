import { and, asc, eq, isNotNull, sql } from "drizzle-orm";
import type { CartOwner } from "../../contracts/cart.ts";
import type { LineKind } from "../../contracts/line-kinds.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { cartLines, carts } from "../../models/cart.ts";
import type { MerchantId } from "../../models/ids.ts";
import { type Seller, sellerOfCalendar } from "../merchants/seller-of.ts";
import { GONE, readOffers } from "./kinds.ts";
import { preparePerOwner } from "./owner.ts";

/** Lines of what other services sell, as these say they are now, with who is paid for them. */
export function makeListOthers(db: ServiceDeps["db"], kinds: readonly LineKind[]) {
  const rowsOf = prepareRows(db);
  return async (owner: CartOwner) => {
    const rows = await rowsOf(owner);
    if (rows.length === 0) return [];
    const offers = await readOffers(kinds, owner, rows);
    const offerOf = ({ kind, ref }: { kind: string; ref: string }) => offers.get(`${kind} ${ref}`) ?? GONE;
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
          id: row.id,
          kind: row.kind,
          quantity: row.quantity,
          seller,
          merchantId: (seller?.id ?? null) as MerchantId | null,
        },
        totalMinor: row.quantity * offer.unitPriceMinor,
        seenPriceMinor: row.seenPriceMinor === offer.unitPriceMinor ? null : row.seenPriceMinor,
        heldUntil: row.heldUntil,
      };
    });
  };
}

function prepareRows(db: ServiceDeps["db"]) {
  const { id, quantity, seenPriceMinor, heldUntil, ref, createdAt, cartId } = cartLines;
  return preparePerOwner((isOwned, ownerKind) =>
    db
      .select({
        ...{ id, quantity, seenPriceMinor },
        kind: sql<string>`${cartLines.kind}`, // there with ref
        ref: sql<string>`${ref}`,
        heldUntil: sql<Date | null>`case when ${heldUntil} > now() then ${heldUntil} end`.mapWith(heldUntil),
      })
      .from(carts)
      .innerJoin(cartLines, eq(cartId, carts.id))
      .where(and(isOwned, isNotNull(ref)))
      .orderBy(asc(createdAt), asc(id))
      .prepare(`cart_others_of_${ownerKind}`),
  );
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
