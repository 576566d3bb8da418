import { lt } from "drizzle-orm";
import type { Tx } from "../../contracts/tx.ts";
import { rateLimits, sessions, signInLinks } from "../../models/identity.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** Deletes what ended by its time: sessions and links at once, counted hits after a day. */
export async function forgetExpired(tx: Tx, now: Date): Promise<void> {
  await tx.delete(sessions).where(lt(sessions.expiresAt, now));
  await tx.delete(signInLinks).where(lt(signInLinks.expiresAt, now));
  await tx.delete(rateLimits).where(lt(rateLimits.windowStart, new Date(now.getTime() - DAY_MS)));
}
