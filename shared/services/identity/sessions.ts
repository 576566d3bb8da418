import { and, eq, gt, inArray, isNotNull, isNull, ne, sql } from "drizzle-orm";
import { CodedError } from "../../contracts/errors.ts";
import type { IdentityService, NewSession } from "../../contracts/identity.ts";
import type { Tx } from "../../contracts/tx.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import type { Clock } from "../../infrastructure/clock.ts";
import type { Db } from "../../infrastructure/db.ts";
import { devices, oidcPayloads, sessions, users } from "../../models/identity.ts";
import type { DeviceId, ProviderSessionId, UserId } from "../../models/ids.ts";
import { memberSettings } from "../../models/members.ts";
import { type Authorization, authorizationsOf, endGrants, tellApps } from "./authorizations.ts";

/** Every request of a signed-in browser asks this: prepared once. */
export function prepareFindSession(db: Db, clock: Clock): IdentityService["findSession"] {
  const query = db
    .select({
      userId: users.id,
      handle: users.handle,
      name: users.name,
      deviceId: sessions.deviceId,
      providerSession: sessions.providerSession,
      expiresAt: sessions.expiresAt,
      timeZone: sql<string>`coalesce(${memberSettings.timeZone}, '')`,
      language: sql<string>`coalesce(${memberSettings.language}, '')`,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .leftJoin(memberSettings, eq(memberSettings.userId, users.id))
    .where(
      and(
        eq(sessions.tokenHash, sql.placeholder("tokenHash")),
        eq(sessions.app, sql.placeholder("app")),
        gt(sessions.expiresAt, sql.placeholder("now")),
      ),
    )
    .prepare("find_session");
  return async (app, tokenHash) => {
    const [found] = await query.execute({ app, tokenHash, now: clock.now() });
    return found ? { kind: "member", ...found } : null;
  };
}

/**
 * Starts a session and marks its device as signed in. A browser belongs to one person at a time: what another sign-in
 * left open on the device ends here. Throws sign-in-failed when the provider's session has ended meanwhile.
 */
export async function startSession(tx: Tx, session: NewSession, now: Date): Promise<void> {
  // one sign-in of a device after the other: two that end each other would wait for each other
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`device ${session.deviceId}`}, 0))`);
  await lockProviderSession(tx, session.providerSession);
  for (const other of await listOtherSignIns(tx, session)) await endSessions(tx, other, now);
  await tx.insert(sessions).values(session);
  await tx.update(devices).set({ signedInAt: now }).where(eq(devices.id, session.deviceId));
}

/**
 * Ends the provider's session and with it every app's session, grants, codes and tokens; clears the devices' marks.
 * What a member let stay connected (offline_access) stays: it is taken back among the connected apps.
 */
export async function endSessions(tx: Tx, providerSession: ProviderSessionId, now: Date): Promise<void> {
  // first, so that a session which is just being started either sees it ended or is seen below
  const { accountId, authorizations } = await endProviderSession(tx, providerSession, now);
  purgeOnCommit(tx, ["sessions"]);
  await endGrants(tx, providerSession, authorizations);
  await tellApps(tx, accountId, authorizations);
  const ended = await tx.delete(sessions).where(eq(sessions.providerSession, providerSession)).returning({ deviceId: sessions.deviceId });
  const deviceIds = ended.flatMap(({ deviceId }) => (deviceId === null ? [] : [deviceId]));
  if (deviceIds.length > 0) await unmarkDevices(tx, deviceIds);
}

const isSession = (uid: ProviderSessionId) => and(eq(oidcPayloads.kind, "Session"), eq(oidcPayloads.uid, uid));

interface EndedSession {
  accountId: UserId;
  authorizations: Authorization[];
}

/** Its row stays, emptied, until it would have expired: the provider, in the middle of a request, can't store it again. */
async function endProviderSession(tx: Tx, uid: ProviderSessionId, now: Date): Promise<EndedSession> {
  const [row] = await tx.select({ payload: oidcPayloads.payload }).from(oidcPayloads).where(isSession(uid)).for("update");
  await tx.update(oidcPayloads).set({ payload: {}, consumedAt: now }).where(isSession(uid));
  return { accountId: Number(row?.payload["accountId"] ?? 0) as UserId, authorizations: authorizationsOf(row?.payload) };
}

/** Held until the transaction ends: a sign-out at the same moment waits for the new session and then ends it too. */
async function lockProviderSession(tx: Tx, providerSession: ProviderSessionId): Promise<void> {
  const [found] = await tx
    .select({ id: oidcPayloads.id })
    .from(oidcPayloads)
    .where(and(isSession(providerSession), isNull(oidcPayloads.consumedAt)))
    .for("share");
  if (!found) throw new CodedError("sign-in-failed", "You were signed out while signing in. Please try once more.");
}

async function listOtherSignIns(tx: Tx, { deviceId, providerSession }: NewSession): Promise<ProviderSessionId[]> {
  const rows = await tx
    .selectDistinct({ providerSession: sessions.providerSession })
    .from(sessions)
    .where(and(eq(sessions.deviceId, deviceId), ne(sessions.providerSession, providerSession)));
  return rows.map((row) => row.providerSession);
}

async function unmarkDevices(tx: Tx, deviceIds: readonly DeviceId[]): Promise<void> {
  await tx
    .update(devices)
    .set({ signedInAt: null })
    .where(and(inArray(devices.id, deviceIds), isNotNull(devices.signedInAt)));
}
