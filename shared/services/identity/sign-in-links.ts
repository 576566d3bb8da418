import { and, desc, eq, gt, isNull, lt, sql } from "drizzle-orm";
import type { NewSignInLink, OpenedLink, Redeemed } from "../../contracts/identity.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { Db } from "../../infrastructure/db.ts";
import { signInLinks } from "../../models/identity.ts";
import { findPersonByEmail } from "./people.ts";

const MAX_CODE_ATTEMPTS = 5;
const isOpen = (now: Date) => and(isNull(signInLinks.consumedAt), gt(signInLinks.expiresAt, now));

/** Stores a link under way; the address in lower case. */
export async function createSignInLink(tx: Tx, link: NewSignInLink): Promise<void> {
  await tx.insert(signInLinks).values({ ...link, email: link.email.toLowerCase() });
}

/** What the link would do, without doing it. */
export async function openSignInLink(db: Db, tokenHash: string, now: Date): Promise<OpenedLink> {
  const [link] = await db
    .select({ email: signInLinks.email, interactionUid: signInLinks.interactionUid })
    .from(signInLinks)
    .where(and(eq(signInLinks.tokenHash, tokenHash), isOpen(now)));
  if (!link) return { kind: "spent" };
  return { kind: "open", ...link, person: await findPersonByEmail(db, link.email) };
}

/** Spends the link; of parallel tries one wins, the others find it spent. */
export async function redeemLink(tx: Tx, tokenHash: string, now: Date): Promise<Redeemed> {
  const [link] = await tx
    .update(signInLinks)
    .set({ consumedAt: now })
    .where(and(eq(signInLinks.tokenHash, tokenHash), isOpen(now)))
    .returning({ email: signInLinks.email, interactionUid: signInLinks.interactionUid });
  if (!link) return { kind: "spent" };
  await spendSiblings(tx, link.interactionUid, now);
  return { kind: "redeemed", ...link };
}

/** Spends the newest link of the interaction by its code. Each try counts, so the caller commits a wrong one as well. */
export async function redeemCode(tx: Tx, interactionUid: string, codeHash: string, now: Date): Promise<Redeemed> {
  const newest = tx
    .select({ id: signInLinks.id })
    .from(signInLinks)
    .where(eq(signInLinks.interactionUid, interactionUid))
    .orderBy(desc(signInLinks.createdAt), desc(signInLinks.id))
    .limit(1);
  const [link] = await tx
    .update(signInLinks)
    .set({ codeAttempts: sql`${signInLinks.codeAttempts} + 1` })
    .where(and(eq(signInLinks.id, sql`(${newest})`), isOpen(now), lt(signInLinks.codeAttempts, MAX_CODE_ATTEMPTS)))
    .returning({ email: signInLinks.email, codeHash: signInLinks.codeHash, codeAttempts: signInLinks.codeAttempts });
  if (!link) return { kind: "spent" };
  if (link.codeHash !== codeHash) return { kind: "wrong-code", attemptsLeft: MAX_CODE_ATTEMPTS - link.codeAttempts };
  await spendSiblings(tx, interactionUid, now);
  return { kind: "redeemed", email: link.email, interactionUid };
}

/** A sign-in ends once: whatever other links it sent are of no use afterwards. */
async function spendSiblings(tx: Tx, interactionUid: string, now: Date): Promise<void> {
  await tx
    .update(signInLinks)
    .set({ consumedAt: now })
    .where(and(eq(signInLinks.interactionUid, interactionUid), isNull(signInLinks.consumedAt)));
}
