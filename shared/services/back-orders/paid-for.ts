import { sql } from "drizzle-orm";

/** What was paid for the pieces of a row of shortfalls, in minor units, half up; its order line is joined as `line`. Discounts are off each piece alike. */
export const paidForShortfall = sql.raw(
  "round(shortfalls.quantity * (line.quantity * line.unit_price_minor - line.discount_minor)::numeric / line.quantity)::int",
);
