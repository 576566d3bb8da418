import { and, desc, eq, gt, ne, sql } from "drizzle-orm";
import { CodedError } from "../../contracts/errors.ts";
import type { SignIn } from "../../contracts/identity.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { Db } from "../../infrastructure/db.ts";
import { sessions } from "../../models/identity.ts";
import type { ProviderSessionId, UserId } from "../../models/ids.ts";
import { endClientsOf } from "../client-api/tokens.ts";
import { noteSecurityEvent } from "./security-events.ts";
import { endSessions } from "./sessions.ts";

/** A member's sign-ins that are open, the latest first: each with the browser that was used last and the apps it is known at. */
export async function listSignIns(db: Db, userId: UserId, now: Date): Promise<SignIn[]> {
  const since = sql<string>`min(${sessions.createdAt})`;
  const rows = await db
    .select({
      providerSession: sessions.providerSession,
      browser: sql<string>`(array_agg(${sessions.browser} order by ${sessions.createdAt} desc))[1]`,
      apps: sql<SignIn["apps"]>`array_agg(distinct ${sessions.app})`,
      since,
    })
    .from(sessions)
    .where(and(eq(sessions.userId, userId), gt(sessions.expiresAt, now)))
    .groupBy(sessions.providerSession)
    .orderBy(sql`${since} desc`, sessions.providerSession);
  return rows.map((row) => ({ ...row, since: new Date(row.since) }));
}

/** Throws not-found for somebody else's. */
export async function endSignIn(tx: Tx, userId: UserId, providerSession: string, now: Date): Promise<void> {
  const own = await listOwn(tx, userId);
  const found = own.find((one) => one === providerSession);
  if (found === undefined) throw new CodedError("not-found", "This sign-in has ended already.");
  await endOwn(tx, userId, found, now);
}

/** Ends all but one, and lets no phone app speak for the member any more; says how many there were. */
export async function endOtherSignIns(tx: Tx, userId: UserId, kept: ProviderSessionId, now: Date): Promise<number> {
  const others = await listOwn(tx, userId, kept);
  await endClientsOf(tx, userId);
  for (const other of others) await endOwn(tx, userId, other, now); // few, and each has rows of its own to lock
  return others.length;
}

async function endOwn(tx: Tx, userId: UserId, id: ProviderSessionId, now: Date): Promise<void> {
  const isIt = and(eq(sessions.providerSession, id), eq(sessions.userId, userId));
  const [last] = await tx.select({ browser: sessions.browser }).from(sessions).where(isIt).orderBy(desc(sessions.createdAt)).limit(1);
  await endSessions(tx, id, now);
  await noteSecurityEvent(tx, userId, "signed-out-there", { id, name: last?.browser ?? "" });
}

async function listOwn(tx: Tx, userId: UserId, except?: ProviderSessionId): Promise<ProviderSessionId[]> {
  const isOther = except === undefined ? undefined : ne(sessions.providerSession, except);
  const rows = await tx
    .selectDistinct({ providerSession: sessions.providerSession })
    .from(sessions)
    .where(and(eq(sessions.userId, userId), isOther))
    .orderBy(sessions.providerSession); // one order for all: two that end the same ones don't wait for each other
  return rows.map((row) => row.providerSession);
}
