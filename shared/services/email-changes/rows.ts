import { and, eq, gt, isNull, or, type SQL } from "drizzle-orm";
import type { EmailChangeSide, OpenEmailChange } from "../../contracts/email-changes.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { Db } from "../../infrastructure/db.ts";
import { users } from "../../models/identity.ts";
import type { UserId } from "../../models/ids.ts";
import { type EmailChangeEnd, emailChanges } from "../../models/members.ts";

export type ChangeRow = typeof emailChanges.$inferSelect;

export const isUnderWay = (now: Date): SQL | undefined => and(isNull(emailChanges.end), gt(emailChanges.expiresAt, now));

export const openOf = ({ id, oldEmail, newEmail, oldAllowedAt, newConfirmedAt, expiresAt }: ChangeRow): OpenEmailChange => ({
  ...{ id, oldEmail, newEmail, expiresAt },
  isAllowed: oldAllowedAt !== null,
  isConfirmed: newConfirmedAt !== null,
});

/** How it ended; null: it is under way. */
export function endOf({ end, expiresAt }: ChangeRow, now: Date): EmailChangeEnd | null {
  return end ?? (expiresAt <= now ? "expired" : null);
}

interface FoundByToken {
  readonly row: ChangeRow;
  readonly side: EmailChangeSide;
  readonly name: string;
  readonly handle: string;
}

/** The change that a link is about, and which of its two mails it came in. */
export async function findByToken(from: Db | Tx, tokenHash: string): Promise<FoundByToken | null> {
  const [found] = await from
    .select({ row: emailChanges, name: users.name, handle: users.handle })
    .from(emailChanges)
    .innerJoin(users, eq(users.id, emailChanges.userId))
    .where(or(eq(emailChanges.oldTokenHash, tokenHash), eq(emailChanges.newTokenHash, tokenHash)));
  return found === undefined ? null : { ...found, side: found.row.oldTokenHash === tokenHash ? "old" : "new" };
}

/** One step of a member's changes after the other, so that both answers at the same moment see each other. */
export async function lockMember(tx: Tx, userId: UserId): Promise<void> {
  await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for("update");
}
