import { nobodys, ofUser } from "./conditions.ts";
import type { Holdings } from "./holding.ts";

/** What the market holds of people. */
export const market: Holdings = {
  app: "market",
  holdings: [
    {
      table: "product_views",
      what: "products you looked at",
      whose: ofUser("user_id"),
      shows: ["product_id", "seen_at"],
      deed: { does: "deletes" },
    },
    {
      table: "stock_alerts",
      what: "products you wait for",
      whose: ofUser("user_id"),
      shows: ["product_id", "asked_at"],
      deed: { does: "deletes" },
    },
    { table: "likes", what: "likes", whose: ofUser("user_id"), shows: ["kind", "subject", "created_at"], deed: { does: "deletes" } },
    {
      table: "suppliers",
      what: "suppliers",
      whose: nobodys,
      deed: {
        does: "leaves",
        columns: ["order_email", "order_contact"],
        because: "Whoever takes our orders at a supplier does so at work; a steward changes it at the supplier's page.",
      },
    },
  ],
  numbers: {
    "product_changes.user_id": "who changed a product, in its history",
    "product_overrides.user_id": "who said so of a product",
    "change_sets.user_id": "who changed many products at once",
    "scrape_runs.started_by": "who had a supplier read",
    "scrape_alarms.ended_by": "who ended an alarm",
    "scrape_finding_fields.user_id": "who decided about what a supplier says",
    "back_order_sendings.sent_by": "who sent an order to a supplier",
  },
};
