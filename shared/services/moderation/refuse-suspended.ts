import { and, eq, isNull } from "drizzle-orm";
import { CodedError } from "../../contracts/errors.ts";
import type { Tx } from "../../contracts/tx.ts";
import { moderationLimits } from "../../models/moderation.ts";

/** Throws suspended for an actor of ours whom stewards suspended: they can still read, and ask for another look. */
export async function refuseSuspended(tx: Tx, actor: string): Promise<void> {
  const inForce = and(eq(moderationLimits.actor, actor), eq(moderationLimits.kind, "suspended"), isNull(moderationLimits.liftedAt));
  const [row] = await tx.select({ id: moderationLimits.id }).from(moderationLimits).where(inForce);
  if (row !== undefined)
    throw new CodedError("suspended", "You are suspended: nothing was sent. Your settings say why, and how to ask for another look.");
}
