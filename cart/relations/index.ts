import type { RelationsDeclaration } from "@rose-ash/shared/infrastructure/relations/index.ts";

const BY_STAFF = { assertedBy: "assert-facts" } as const;
const PUBLIC = { assertedBy: "assert-facts", seenBy: "everyone" } as const;

/** Who may buy what at which price, and where an order may go next. Money and stock are decided by SQL; this explains. */
export const relations: RelationsDeclaration = {
  owner: "cart",
  folder: import.meta.dirname,
  purges: ["shop"],
  materialised: {
    file: "purchase.dl",
    relations: {
      sold_to: { columns: ["product", "group"], says: "{product} is sold to {group}", ceiling: 5_000, isExported: true, ...PUBLIC },
      members_only: { columns: ["product"], says: "{product} is for some members only", ceiling: 5_000, isExported: true, ...PUBLIC },
    },
  },
  onDemand: {
    file: "orders.dl",
    relations: {
      on_sale: {
        columns: ["product"],
        says: "{product} is on sale",
        seenBy: "everyone",
        projections: [
          { name: "products in stock", kinds: ["product"], select: "select id as c0 from products where for_sale > 0" },
          {
            name: "products of open order cycles",
            kinds: ["product"],
            select: `select products.id as c0 from products join order_cycles as cycle on cycle.opens_at <= now() and now() < cycle.closes_at
              where products.is_on_sale and cycle.done_at is null and (
                exists (select from cycle_suppliers where cycle_id = cycle.id and supplier_id = products.supplier_id)
                or exists (select from cycle_products where cycle_id = cycle.id and product_id = products.id))`,
          },
        ],
      },
      purchasable: { columns: ["user", "product"], says: "{user} may buy {product}" },
      buyer: {
        columns: ["order", "user"],
        says: "{user} placed {order}",
        projections: [
          {
            name: "orders and their buyers",
            kinds: ["order", "user"],
            select: "select id as c0, user_id as c1 from orders where user_id is not null",
          },
        ],
      },
      for_everybody: {
        columns: ["discount"],
        says: "everybody gets {discount}",
        projections: [
          { name: "discounts for everybody", kinds: ["discount"], select: "select id as c0 from discounts where audience = 'everybody'" },
        ],
      },
      for_group: {
        columns: ["discount", "group"],
        says: "{group} gets {discount}",
        projections: [
          {
            name: "discounts for groups",
            kinds: ["discount", "text"],
            select: "select id as c0, group_name as c1 from discounts where audience = 'group'",
          },
        ],
      },
      entitled: { columns: ["user", "discount"], says: "{user} gets {discount}", ...BY_STAFF },
      group_discount: { columns: ["group", "discount"], says: "{group} gets {discount}", ...PUBLIC },
      line: {
        columns: ["order", "product"],
        says: "{product} is in {order}",
        projections: [
          {
            name: "order lines",
            kinds: ["order", "product"],
            select: "select order_id as c0, product_id as c1 from order_lines where product_id is not null",
          },
        ],
      },
      shelved: {
        columns: ["product", "category"],
        says: "{product} stands in {category}",
        seenBy: "everyone",
        projections: [
          {
            name: "products on shelves",
            kinds: ["product", "category"],
            select: "select product_id as c0, category_id as c1 from product_categories",
          },
        ],
      },
      category_discount: { columns: ["category", "discount"], says: "{category} is sold with {discount}", ...PUBLIC },
      discount: { columns: ["order", "discount"], says: "{order} gets {discount}", ...BY_STAFF },
      forced: { columns: ["order", "discount"], says: "{discount} was promised for {order}", ...BY_STAFF },
      incompatible: { columns: ["discount", "other"], says: "{other} does not go with {discount}", ...PUBLIC },
      excluded: { columns: ["order", "discount"], says: "{order} can't have {discount}" },
      state: {
        columns: ["order", "state"],
        says: "{order} is {state}",
        projections: [{ name: "states of orders", kinds: ["order", "text"], select: "select id as c0, status as c1 from orders" }],
      },
      transition: { columns: ["state", "next"], says: "what is {state} can become {next}", seenBy: "everyone" },
      awaiting_stock: {
        columns: ["product"],
        says: "{product} has not come yet",
        ...PUBLIC,
        projections: [{ name: "nothing on the shelf", kinds: ["product"], select: "select id as c0 from products where stock = 0" }],
      },
      by_order: {
        columns: ["order", "product"],
        says: "{product} in {order} comes with an order cycle",
        projections: [
          {
            name: "order lines of cycles",
            kinds: ["order", "product"],
            select: "select order_id as c0, product_id as c1 from order_lines where lot_id is not null and product_id is not null",
          },
        ],
      },
      to_come: {
        columns: ["order", "product"],
        says: "{product} in {order} has not been delivered to us yet",
        projections: [
          {
            name: "order lines whose supplier has not delivered",
            kinds: ["order", "product"],
            select: `select line.order_id as c0, products.id as c1 from order_lines as line join cycle_lots as lot on lot.id = line.lot_id
              join products on products.id = line.product_id
              where not exists (select from back_orders where back_orders.cycle_id = lot.cycle_id and back_orders.supplier_id = products.supplier_id
                and back_orders.arrived_at is not null)`,
          },
        ],
      },
      set_aside: {
        columns: ["order", "product"],
        says: "{product} was taken off the shelf for {order}",
        projections: [
          {
            name: "pieces taken for paid orders",
            kinds: ["order", "product"],
            select: "select order_id as c0, product_id as c1 from stock_reservations where state = 'taken'",
          },
        ],
      },
      held: { columns: ["order", "state", "next"], says: "{order} can't become {next} yet", ...BY_STAFF },
      may_move: { columns: ["order", "state", "next"], says: "{order}, now {state}, may become {next}", ...BY_STAFF },
      refundable: { columns: ["order"], says: "{order} can be refunded" },
      payment: {
        columns: ["order", "payment"],
        says: "{payment} was paid for {order}",
        ...BY_STAFF,
        projections: [
          {
            name: "payments that did not all go back",
            kinds: ["order", "text"],
            select: `select order_id as c0, coalesce(transaction_id, kind || ' ' || number) as c1 from payment_attempts
              where state = 'paid' and refunded_minor < amount_minor`,
          },
        ],
      },
      paid_amount: {
        columns: ["order", "amount"],
        says: "{amount} was paid for {order}",
        ...BY_STAFF,
        projections: [
          {
            name: "amounts of payments that did not all go back",
            kinds: ["order", "text"],
            select: `select order_id as c0, amount_minor::text as c1 from payment_attempts where state = 'paid' and refunded_minor < amount_minor`,
          },
          {
            name: "amounts that nobody asked for",
            kinds: ["order", "text"],
            select: `select order_id as c0, detail->>'amountMinor' as c1 from payment_matters
              where resolved_at is null and kind = 'amount_differs' and order_id is not null and detail->>'amountMinor' is not null`,
          },
        ],
      },
      due: {
        columns: ["order", "amount"],
        says: "{order} costs {amount}",
        projections: [
          { name: "totals of orders", kinds: ["order", "text"], select: "select id as c0, total_minor::text as c1 from orders" },
        ],
      },
      matter: {
        columns: ["order", "matter"],
        says: "{matter} waits for somebody at {order}",
        projections: [
          {
            name: "open matters of payments",
            kinds: ["order", "text"],
            select: "select order_id as c0, kind as c1 from payment_matters where resolved_at is null and order_id is not null",
          },
        ],
      },
      attention: { columns: ["order", "matter"], says: "somebody should look at {order}: {matter}", ...BY_STAFF },
    },
  },
};
