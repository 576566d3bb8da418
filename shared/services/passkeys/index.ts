import { and, count, desc, eq, gt, lt, or, sql } from "drizzle-orm";
import { CodedError } from "../../contracts/errors.ts";
import type { NewPasskey, PasskeysService } from "../../contracts/passkeys.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import type { PasskeyId, UserId } from "../../models/ids.ts";
import { passkeyChallenges, passkeys } from "../../models/passkeys.ts";
import { noteSecurityEvent } from "../identity/security-events.ts";

const MAX_PER_MEMBER = 20;
const isOwn = (userId: UserId, id: string) => and(eq(passkeys.id, id as PasskeyId), eq(passkeys.userId, userId));

/** Passkeys, from PostgreSQL. */
export function makePasskeysService({ db, clock }: ServiceDeps): PasskeysService {
  return {
    async putChallenge(tx, challenge) {
      await tx.insert(passkeyChallenges).values(challenge);
    },
    async takeChallenge(tx, { challenge, ceremony, holder }) {
      const isIt = and(
        eq(passkeyChallenges.challenge, challenge),
        eq(passkeyChallenges.ceremony, ceremony),
        eq(passkeyChallenges.holder, holder),
        gt(passkeyChallenges.expiresAt, clock.now()),
      );
      const taken = await tx.delete(passkeyChallenges).where(isIt).returning({ challenge: passkeyChallenges.challenge });
      return taken.length > 0;
    },
    async findPasskey(id) {
      const { publicKey, counter, transports, userId } = passkeys;
      const [found] = await db
        .select({ id: passkeys.id, userId, publicKey, counter, transports })
        .from(passkeys)
        .where(eq(passkeys.id, id as PasskeyId));
      return found ?? null;
    },
    listPasskeys: (userId) => {
      const { id, name, isBackedUp, createdAt, lastUsedAt } = passkeys;
      return db
        .select({ id, name, isBackedUp, createdAt, lastUsedAt })
        .from(passkeys)
        .where(eq(passkeys.userId, userId))
        .orderBy(desc(createdAt), desc(id));
    },
    addPasskey: (tx, passkey) => addPasskey(tx, passkey, clock.now()),
    async renamePasskey(tx, userId, id, name) {
      await mustHit(tx.update(passkeys).set({ name }).where(isOwn(userId, id)).returning({ id: passkeys.id }));
    },
    async removePasskey(tx, userId, id) {
      const [gone] = await mustHit(tx.delete(passkeys).where(isOwn(userId, id)).returning({ id: passkeys.id, name: passkeys.name }));
      await noteSecurityEvent(tx, userId, "passkey-removed", { id, name: gone.name });
    },
    async usePasskey(tx, id, counter) {
      const goesUp = or(lt(passkeys.counter, counter), and(eq(passkeys.counter, 0), sql`${counter}::bigint = 0`));
      const used = await tx
        .update(passkeys)
        .set({ counter, lastUsedAt: clock.now() })
        .where(and(eq(passkeys.id, id), goesUp))
        .returning({ id: passkeys.id });
      return used.length > 0;
    },
  };
}

async function addPasskey(tx: Tx, { transports, ...passkey }: NewPasskey, createdAt: Date) {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`passkeys of ${passkey.userId}`}, 0))`); // or two at once pass the limit
  const [has] = await tx.select({ keys: count() }).from(passkeys).where(eq(passkeys.userId, passkey.userId));
  if ((has?.keys ?? 0) >= MAX_PER_MEMBER) return { kind: "too-many" } as const;
  const added = await tx
    .insert(passkeys)
    .values({ ...passkey, transports: [...transports], createdAt })
    .onConflictDoNothing()
    .returning({ id: passkeys.id });
  if (added.length === 0) return { kind: "taken" } as const;
  await noteSecurityEvent(tx, passkey.userId, "passkey-added", passkey);
  return { kind: "added" } as const;
}

async function mustHit<Row>(change: Promise<readonly Row[]>): Promise<readonly [Row]> {
  const [row] = await change;
  if (row === undefined) throw new CodedError("not-found", "You have no passkey of this name. It may have been removed.");
  return [row];
}
