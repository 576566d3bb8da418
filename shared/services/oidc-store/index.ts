import { and, eq, gt, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import type { OidcFound, OidcStore } from "../../contracts/oidc-store.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { oidcPayloads } from "../../models/identity.ts";
import type { ProviderSessionId } from "../../models/ids.ts";

/** A session that was ended is gone for good; a spent code is still found, so that its second use can be answered. */
const isLive = sql`(${oidcPayloads.consumedAt} is null or ${oidcPayloads.kind} <> 'Session')`;
const isAt = (kind: string, id: string) => and(eq(oidcPayloads.kind, kind), eq(oidcPayloads.id, id));

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
    find: (kind, id) => findOne(isAt(kind, id)),
    findSession: (uid) => findOne(and(eq(oidcPayloads.kind, "Session"), eq(oidcPayloads.uid, uid as ProviderSessionId))),
    async put(tx, { kind, id, ...rest }) {
      const target = [oidcPayloads.kind, oidcPayloads.id];
      await tx
        .insert(oidcPayloads)
        .values({ kind, id, ...rest })
        .onConflictDoUpdate({ target, set: rest, setWhere: isLive });
    },
    async consume(tx, kind, id) {
      const spent = await tx
        .update(oidcPayloads)
        .set({ consumedAt: clock.now() })
        .where(and(isAt(kind, id), isNull(oidcPayloads.consumedAt)))
        .returning({ id: oidcPayloads.id });
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
