import { sql } from "drizzle-orm";

/** What the buyer of a row of orders is called: a member, whom users is joined for, or a guest as they said it. */
export const buyerName = sql.raw("coalesce(users.name, nullif(orders.buyer_name, ''), 'A guest')");

/** Where the buyer is written to: a member's primary address, which user_emails is joined for, or the guest's; null: nowhere. */
export const buyerAddress = sql.raw("coalesce(user_emails.email, orders.email)");
