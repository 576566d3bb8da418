import { sql } from "drizzle-orm";
import type { IdentityService } from "../../contracts/identity.ts";
import { rateLimits } from "../../models/identity.ts";

/** Counts one hit in the window that `now` falls into; false when there were `hits` before it. */
export const withinLimit: IdentityService["withinLimit"] = async (tx, key, { hits, windowSeconds }, now) => {
  const windowMs = windowSeconds * 1000;
  const windowStart = new Date(Math.floor(now.getTime() / windowMs) * windowMs);
  const [counted] = await tx
    .insert(rateLimits)
    .values({ key, windowStart, hits: 1 })
    .onConflictDoUpdate({ target: [rateLimits.key, rateLimits.windowStart], set: { hits: sql`${rateLimits.hits} + 1` } })
    .returning({ hits: rateLimits.hits });
  return counted !== undefined && counted.hits <= hits;
};
