import { sql } from "drizzle-orm";
import type { CyclesService, PriceNews } from "../../contracts/cycles.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { PAID_STATUSES } from "../../models/order-states.ts";
import { buyerAddress, buyerName } from "../back-orders/buyers.ts";
import { isOpen } from "./sql.ts";

const PAID = sql.raw(PAID_STATUSES.map((status) => `'${status}'`).join(", "));

interface Row extends Record<string, unknown>, Omit<PriceNews, "url"> {
  slug: string;
}

/** Whom to tell that a price changed while their cycle is open. */
export function makePriceNews({ db, publicUrl }: ServiceDeps): Pick<CyclesService, "listPriceNews" | "markPriceTold"> {
  return {
    async listPriceNews(productId) {
      const { rows } = await db.execute<Row>(sql`
        with lot as (
          select lot.id, cycle.name, products.price_minor as price, coalesce(products.members_price_minor, products.price_minor) as for_members
          from cycle_lots as lot join order_cycles as cycle on cycle.id = lot.cycle_id join products on products.id = lot.product_id
          where lot.product_id = ${productId} and ${isOpen("cycle")}
        ), line as (
          select users.name as buyer, user_emails.email, 'cart' as kind, cart_lines.id, coalesce(told_price_minor, seen_price_minor) as price, quantity, lot.name,
            lot.for_members as now
          from lot join cart_lines on lot_id = lot.id join carts on carts.id = cart_id join users on users.id = carts.user_id
          join user_emails on user_emails.user_id = users.id and is_primary
          union all
          select ${buyerName}, ${buyerAddress}, 'order', order_lines.id, coalesce(told_price_minor, unit_price_minor), quantity, lot.name,
            case when orders.user_id is null then lot.price else lot.for_members end
          from lot join order_lines on lot_id = lot.id join orders on orders.id = order_id left join users on users.id = orders.user_id
          left join user_emails on user_emails.user_id = users.id and is_primary where status in (${PAID})
        )
        select line.buyer as name, line.email, products.name as product, products.slug, products.currency, line.now as "nowMinor",
          json_agg(json_build_object('kind', line.kind, 'id', line.id, 'priceMinor', line.price, 'quantity', line.quantity, 'cycleName', line.name)
            order by line.kind, line.id) as lines
        from line join products on products.id = ${productId}
        where line.price <> line.now and line.email is not null group by line.buyer, line.email, products.id, line.now order by line.email, line.buyer`);
      return rows.map(({ slug, ...row }) => ({ ...row, url: publicUrl("market", `/products/${slug}`) }));
    },
    async markPriceTold(tx, { nowMinor, lines }) {
      const ids = (kind: "cart" | "order") => sql.param(lines.filter((line) => line.kind === kind).map(({ id }) => id));
      await tx.execute(sql`update cart_lines set told_price_minor = ${nowMinor}::int where id = any(${ids("cart")}::bigint[])`);
      await tx.execute(sql`update order_lines set told_price_minor = ${nowMinor}::int where id = any(${ids("order")}::bigint[])`);
    },
  };
}
