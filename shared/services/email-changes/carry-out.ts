import { and, eq, isNull, sql } from "drizzle-orm";
import type { Tx } from "../../contracts/tx.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import { signInLinks, userEmails } from "../../models/identity.ts";
import { noteSecurityEvent } from "../identity/security-events.ts";
import type { ChangeRow } from "./rows.ts";

/**
 * Both addresses said yes: the new one takes the place of the old, which signs nobody in any more; links that wait in its mailbox
 * are spent. Newsletters that came to the old address come to the new one. False: somebody else has the new one by now, or the old
 * one is not theirs any more.
 */
export async function carryOut(tx: Tx, { id, userId, oldEmail, newEmail }: ChangeRow, now: Date): Promise<boolean> {
  // as in welcome(): an address that signs in for the first time at this moment makes one member, here or there
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`welcome ${newEmail}`}, 0))`);
  const [primary] = await tx
    .select({ email: userEmails.email })
    .from(userEmails)
    .where(and(eq(userEmails.userId, userId), eq(userEmails.isPrimary, true)));
  if ((primary?.email ?? null) !== oldEmail) return false;
  const [holder] = await tx.select({ userId: userEmails.userId }).from(userEmails).where(eq(userEmails.email, newEmail)).for("update");
  if (holder !== undefined && holder.userId !== userId) return false;
  if (oldEmail !== null) await leave(tx, userId, { oldEmail, newEmail }, now);
  await tx
    .insert(userEmails)
    .values({ email: newEmail, userId, isPrimary: true, verifiedAt: now })
    .onConflictDoUpdate({ target: userEmails.email, set: { isPrimary: true, verifiedAt: now } });
  await noteSecurityEvent(tx, userId, "email-changed", { id, name: "" });
  purgeOnCommit(tx, [`person:${userId}`]);
  return true;
}

async function leave(tx: Tx, userId: number, { oldEmail, newEmail }: { oldEmail: string; newEmail: string }, now: Date): Promise<void> {
  await tx.execute(sql`delete from user_emails where email = ${oldEmail} and user_id = ${userId}`);
  await tx
    .update(signInLinks)
    .set({ consumedAt: now })
    .where(and(eq(signInLinks.email, oldEmail), isNull(signInLinks.consumedAt)));
  await tx.execute(sql`
    update subscribers set email = ${newEmail} where user_id = ${userId} and email = ${oldEmail}
      and not exists (select from subscribers as other where other.email = ${newEmail})`);
}
