import { eq } from "drizzle-orm";
import type { Tx } from "../../contracts/tx.ts";
import { type AuditState, auditEntries } from "../../models/audit.ts";
import { serviceKeys } from "../../models/identity.ts";
import { insertKey, readCurrent } from "./key-rows.ts";
import { findNext, forEachPurpose, type Purpose, type Rotation, type RotationStep } from "./rotate.ts";

/** Publishes a next key wherever there is none; rotateKeys lets it take over a day later. In the log, with the operator's reason. */
export async function beginRotation({ db, secret, clock }: Rotation, reason: string): Promise<RotationStep[]> {
  const why = checked(reason);
  return forEachPurpose(db, async (tx, purpose) => {
    if ((await findNext(tx, purpose)) !== undefined) return [];
    const before = await stateOf(tx, purpose);
    await insertKey(tx, secret, { ...purpose, createdAt: clock.now(), currentAt: null });
    await record(tx, purpose, { action: "rotate keys", reason: why, before });
    return ["published-next"];
  });
}

/** Throws every key away and makes new ones. In the log, with the operator's reason. */
export async function replaceKeys({ db, secret, clock }: Rotation, reason: string): Promise<RotationStep[]> {
  const why = checked(reason);
  return forEachPurpose(db, async (tx, purpose) => {
    const now = clock.now();
    const before = await stateOf(tx, purpose);
    await tx.delete(serviceKeys).where(eq(serviceKeys.purpose, purpose.purpose));
    await insertKey(tx, secret, { ...purpose, createdAt: now, currentAt: now });
    await record(tx, purpose, { action: "replace keys", reason: why, before });
    return ["replaced"];
  });
}

function checked(reason: string): string {
  if (reason.trim().length < 3) throw new Error("say why: whoever reads the log later will want to know");
  return reason.trim();
}

/** Key ids, which are public. */
async function stateOf(tx: Tx, purpose: Purpose): Promise<AuditState> {
  const [current, next] = [await readCurrent(tx, purpose.purpose), await findNext(tx, purpose)];
  return { signs: current?.kid ?? null, next: next?.kid ?? null };
}

/** Whoever has the deployment's secret is the operator: the log knows them by the service whose command they ran. */
async function record(tx: Tx, purpose: Purpose, done: { action: string; reason: string; before: AuditState }): Promise<void> {
  const after = await stateOf(tx, purpose);
  await tx.insert(auditEntries).values({ app: "federation", actor: "app:federation", subject: `keys:${purpose.purpose}`, ...done, after });
}
