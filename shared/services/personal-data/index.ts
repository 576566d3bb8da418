import type { App } from "../../models/apps.ts";
import { account } from "./account.ts";
import { blog } from "./blog.ts";
import { cart } from "./cart.ts";
import { events } from "./events.ts";
import { federation } from "./federation.ts";
import type { Holdings } from "./holding.ts";
import { market } from "./market.ts";

/**
 * What each service holds of people: what their export shows of it, and what becomes of it when they go. A new table with a personal
 * column, or with one that names a member, is a line in its service's file here; holdings.db.test.ts says what is missing.
 */
export const HOLDINGS: Readonly<Record<App, Holdings>> = { blog, market, cart, events, federation, account };
