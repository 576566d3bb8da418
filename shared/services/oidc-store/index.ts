import { and, eq, gt, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import type { OidcFound, OidcStore } from "../../contracts/oidc-store.ts";
import type { Tx } from "../../contracts/tx.ts";
import { hashToken } from "../../infrastructure/keys/index.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { oidcPayloads } from "../../models/identity.ts";
import type { ProviderSessionId } from "../../models/ids.ts";

/** A session that was ended is gone for good; a spent code is still found, so that its second use can be answered. */
const isLive = sql`(${oidcPayloads.consumedAt} is null or ${oidcPayloads.kind} <> 'Session')`;
/** Whoever holds the id of one of these may use it: nothing that could be used is stored. A session's cookie is signed besides. */
const BEARER_KINDS: ReadonlySet<string> = new Set(["AuthorizationCode", "AccessToken", "RefreshToken"]);
const stored = (kind: string, id: string) => (BEARER_KINDS.has(kind) ? hashToken(id) : id);
const isAt = (kind: string, id: string) => and(eq(oidcPayloads.kind, kind), eq(oidcPayloads.id, stored(kind, id)));

/** The provider's state in PostgreSQL, one row each. */
export function makeOidcStore({ db, clock }: ServiceDeps): OidcStore {
  async function findOne(where: SQL | undefined): Promise<OidcFound | null> {
    const isFresh = or(isNull(oidcPayloads.expiresAt), gt(oidcPayloads.expiresAt, clock.now()));
    const [row] = await db
      .select({ payload: oidcPayloads.payload, consumedAt: oidcPayloads.consumedAt })
      .from(oidcPayloads)
      .where(and(where, isFresh, isLive));
    return row ?? null;
  }
  return {
    async find(kind, id) {
      const found = await findOne(isAt(kind, id));
      return found !== null && BEARER_KINDS.has(kind) ? { ...found, payload: { ...found.payload, jti: id } } : found;
    },
    findSession: (uid) => findOne(and(eq(oidcPayloads.kind, "Session"), eq(oidcPayloads.uid, uid as ProviderSessionId))),
    async put(tx, { kind, id, payload, ...rest }) {
      const { jti: _secret, ...withoutId } = payload;
      const set = { ...rest, payload: BEARER_KINDS.has(kind) ? withoutId : payload };
      const target = [oidcPayloads.kind, oidcPayloads.id];
      await tx
        .insert(oidcPayloads)
        .values({ kind, id: stored(kind, id), ...set })
        .onConflictDoUpdate({ target, set, setWhere: isLive });
    },
    async consume(tx, kind, id) {
      const spent = await tx
        .update(oidcPayloads)
        .set({ consumedAt: clock.now() })
        .where(and(isAt(kind, id), isNull(oidcPayloads.consumedAt)))
        .returning({ id: oidcPayloads.id });
      if (spent.length === 0) await revokeGrantOf(tx, kind, id);
      return spent.length > 0;
    },
    async remove(tx, kind, id) {
      await tx.delete(oidcPayloads).where(and(isAt(kind, id), isLive));
    },
    async removeGrant(tx, grantId) {
      await tx.delete(oidcPayloads).where(eq(oidcPayloads.grantId, grantId));
    },
    async removeExpired(tx, now) {
      await tx.delete(oidcPayloads).where(lt(oidcPayloads.expiresAt, now));
    },
  };
}

/** RFC 9700 §4.14.2, RFC 6749 §4.1.2: a code or refresh token that comes a second time ends its whole family. */
async function revokeGrantOf(tx: Tx, kind: string, id: string): Promise<void> {
  const [row] = await tx.select({ grantId: oidcPayloads.grantId }).from(oidcPayloads).where(isAt(kind, id));
  const grantId = row?.grantId;
  if (grantId === undefined || grantId === null) return;
  const isGrant = and(eq(oidcPayloads.kind, "Grant"), eq(oidcPayloads.id, grantId));
  await tx.delete(oidcPayloads).where(or(isGrant, eq(oidcPayloads.grantId, grantId)));
}
