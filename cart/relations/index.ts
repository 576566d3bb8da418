import type { RelationsDeclaration } from "@rose-ash/shared/infrastructure/relations/index.ts";

const BY_STAFF = { assertedBy: "assert-facts" } as const;
const PUBLIC = { assertedBy: "assert-facts", seenBy: "everyone" } as const;

/** Who may buy what at which price, and where an order may go next. Money and stock are decided by SQL; this explains. */
export const relations: RelationsDeclaration = {
  owner: "cart",
  folder: import.meta.dirname,
  purges: [],
  materialised: null,
  onDemand: {
    file: "orders.dl",
    relations: {
      on_sale: {
        columns: ["product"],
        says: "{product} is on sale",
        seenBy: "everyone",
        projections: [{ name: "products in stock", kinds: ["product"], select: "select id as c0 from products where stock > 0" }],
      },
      members_only: { columns: ["product"], says: "{product} is for some members only", ...PUBLIC },
      sold_to: { columns: ["product", "group"], says: "{product} is sold to {group}", ...PUBLIC },
      purchasable: { columns: ["user", "product"], says: "{user} may buy {product}" },
      buyer: {
        columns: ["order", "user"],
        says: "{user} placed {order}",
        projections: [{ name: "orders and their buyers", kinds: ["order", "user"], select: "select id as c0, user_id as c1 from orders" }],
      },
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
      held: { columns: ["order", "state", "next"], says: "{order} can't become {next} yet", ...BY_STAFF },
      may_move: { columns: ["order", "state", "next"], says: "{order}, now {state}, may become {next}", ...BY_STAFF },
      refundable: { columns: ["order"], says: "{order} can be refunded" },
      payment: { columns: ["order", "payment"], says: "{payment} was paid for {order}", ...BY_STAFF },
      paid_amount: { columns: ["order", "amount"], says: "{amount} was paid for {order}", ...BY_STAFF },
      due: {
        columns: ["order", "amount"],
        says: "{order} costs {amount}",
        projections: [
          { name: "totals of orders", kinds: ["order", "text"], select: "select id as c0, total_minor::text as c1 from orders" },
        ],
      },
      attention: { columns: ["order", "matter"], says: "somebody should look at {order}: {matter}", ...BY_STAFF },
    },
  },
};
