import { sql } from "drizzle-orm";
import { booksCloseAt } from "../../models/books.ts";
import { nobodys, ofOwnOrders, ofUser, ofUserOrEmail } from "./conditions.ts";
import type { Holdings } from "./holding.ts";

const BOOKS = "Tax law wants the books of a year kept for six years after its end; name and addresses are gone from them.";
const untilTheOrders = (table: string) => `(select ${booksCloseAt("o.created_at")} from orders o where o.id = ${table}.order_id)`;

/** What the cart holds of people. */
export const cart: Holdings = {
  app: "cart",
  holdings: [
    {
      table: "cart_lines",
      what: "lines of your cart",
      whose: ({ userId }) => sql`cart_id in (select id from carts where user_id = ${userId})`,
      shows: ["kind", "product_id", "ref", "quantity", "metadata", "created_at"],
      deed: { does: "deletes" },
    },
    { table: "carts", what: "your cart", whose: ofUser("user_id"), shows: ["discount_code", "created_at"], deed: { does: "deletes" } },
    {
      table: "order_notes",
      what: "notes of staff on your orders",
      whose: ofOwnOrders("order_id"),
      shows: ["order_id", "words", "created_at"],
      deed: { does: "deletes" },
    },
    {
      table: "order_pick_ups",
      what: "where your orders were fetched",
      whose: ofOwnOrders("order_id"),
      shows: ["order_id", "pick_up_id", "address"],
      deed: { does: "blanks", sets: { address: "''" }, because: "The order stays, without where it was brought." },
    },
    {
      table: "refunds",
      what: "refunds",
      whose: ofOwnOrders("order_id"),
      shows: ["order_id", "amount_minor", "currency", "reason", "note", "state", "created_at", "done_at"],
      deed: { does: "keeps", sets: { note: "''" }, until: untilTheOrders("refunds"), because: BOOKS },
    },
    {
      table: "payment_matters",
      what: "what was looked into about payments",
      whose: ofOwnOrders("order_id"),
      shows: ["order_id", "kind", "opened_at", "resolved_at", "resolution"],
      deed: { does: "blanks", sets: { resolution: "''" }, because: "The matter stays, without what was said about people." },
    },
    {
      table: "payment_attempts",
      what: "payments",
      whose: ofOwnOrders("order_id"),
      shows: ["order_id", "number", "kind", "amount_minor", "currency", "state", "transaction_code", "created_at", "paid_at"],
      deed: { does: "keeps", sets: {}, until: untilTheOrders("payment_attempts"), because: BOOKS },
    },
    {
      table: "receipts",
      what: "receipts",
      whose: ofOwnOrders("order_id"),
      shows: ["order_id", "year", "number", "issued_at", "seller_name", "seller_address", "seller_vat_id"],
      deed: { does: "keeps", sets: {}, until: untilTheOrders("receipts"), because: BOOKS },
    },
    {
      table: "receipts",
      what: "sellers on receipts",
      whose: nobodys,
      deed: { does: "leaves", columns: ["seller_address"], because: "A receipt says who sold, not who bought." },
    },
    {
      table: "order_lines",
      what: "lines of your orders",
      whose: ofOwnOrders("order_id"),
      shows: [
        "order_id",
        "position",
        "name",
        "quantity",
        "unit_price_minor",
        "discount_minor",
        "vat_class",
        "vat_basis_points",
        "kind",
        "metadata",
      ],
      deed: { does: "keeps", sets: { metadata: "'{}'" }, until: untilTheOrders("order_lines"), because: BOOKS },
    },
    {
      table: "orders",
      what: "orders",
      whose: ofUserOrEmail("user_id", "email"),
      shows: ["id", "reference", "status", "currency", "total_minor", "refunded_minor", "created_at", "paid_at", "email", "buyer_name"],
      deed: {
        does: "keeps",
        sets: { email: "null", buyer_name: "''", device_id: "null" },
        until: booksCloseAt("created_at"),
        because: BOOKS,
      },
    },
    {
      table: "merchants",
      what: "merchants",
      whose: nobodys,
      deed: {
        does: "leaves",
        columns: ["address"],
        because: "Whoever sells must say where; a steward takes a merchant out at /admin/merchants.",
      },
    },
  ],
  numbers: {
    "orders.user_id": "the orders of one buyer belong together until their books close; then the number goes, too",
    "order_notes.author_id": "who wrote a note about somebody else's order",
    "payment_attempts.recorded_by": "who took money at the counter",
    "payment_matters.resolved_by": "who looked into it",
    "refunds.requested_by": "who gave money back",
  },
};
