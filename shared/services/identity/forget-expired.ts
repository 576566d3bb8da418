import { and, inArray, isNull, lt, or, sql } from "drizzle-orm";
import type { Tx } from "../../contracts/tx.ts";
import { carts } from "../../models/cart.ts";
import { devices, rateLimits, sessions, signInLinks } from "../../models/identity.ts";
import { likes } from "../../models/likes.ts";
import { emailChanges } from "../../models/members.ts";
import { passkeyChallenges } from "../../models/passkeys.ts";
import { productViews } from "../../models/product-views.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const DEVICE_COOKIE_DAYS = 366; // it lives a year, from the day it was given
const MAX_DEVICES_AT_ONCE = 1000;

/** Deletes what ended by its time: sessions, links and challenges at once, counted hits after a day, changes of addresses after a month; and devices that nobody comes back with. */
export async function forgetExpired(tx: Tx, now: Date): Promise<void> {
  await tx.delete(sessions).where(lt(sessions.expiresAt, now));
  await tx.delete(signInLinks).where(lt(signInLinks.expiresAt, now));
  await tx.delete(passkeyChallenges).where(lt(passkeyChallenges.expiresAt, now));
  await tx.delete(emailChanges).where(lt(emailChanges.expiresAt, new Date(now.getTime() - 30 * DAY_MS)));
  await tx.delete(rateLimits).where(lt(rateLimits.windowStart, new Date(now.getTime() - DAY_MS)));
  await sweepStaleDevices(tx, now);
}

/**
 * Deletes devices without a session: a day old and with nothing on them, or so old that their cookie is gone; a cart
 * that a guest left on one, likes and what was looked at go with it. Some at a time, oldest first; rows that are in use are left for the next time.
 */
async function sweepStaleDevices(tx: Tx, now: Date): Promise<void> {
  const isOlder = (ms: number) => lt(devices.createdAt, new Date(now.getTime() - ms));
  const hasNoSession = sql`not exists (select from ${sessions} where ${sessions.deviceId} = ${devices.id})`;
  const hasNothing = [carts, likes, productViews].map(
    (table) => sql`not exists (select from ${table} where ${table.deviceId} = ${devices.id})`,
  );
  const isIdle = and(isNull(devices.signedInAt), ...hasNothing);
  const stale = tx
    .select({ id: devices.id })
    .from(devices)
    .where(and(isOlder(DAY_MS), hasNoSession, or(isIdle, isOlder(DEVICE_COOKIE_DAYS * DAY_MS))))
    .orderBy(devices.createdAt, devices.id)
    .limit(MAX_DEVICES_AT_ONCE)
    .for("update", { skipLocked: true });
  await tx.delete(devices).where(inArray(devices.id, stale));
}
