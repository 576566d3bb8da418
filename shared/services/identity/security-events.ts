import { and, desc, eq, or, sql } from "drizzle-orm";
import type { SecurityEvent, SecurityEventKind } from "../../contracts/identity.ts";
import type { Tx } from "../../contracts/tx.ts";
import { emitActivity } from "../../infrastructure/activities/index.ts";
import type { Db } from "../../infrastructure/db.ts";
import { type ActivityType, apActivities } from "../../models/federation.ts";
import type { UserId } from "../../models/ids.ts";

const MOST = 12;

/** The activity that stands for each; internal ones, so that nobody but the member is shown them. */
const ACTIVITIES: Record<SecurityEventKind, readonly [ActivityType, string]> = {
  "signed-in": ["Create", "SignIn"],
  "signed-out-there": ["Delete", "SignIn"],
  "email-changed": ["Update", "Address"],
  "passkey-added": ["Add", "Passkey"],
  "passkey-removed": ["Remove", "Passkey"],
  "app-let-in": ["Accept", "App"],
  "app-disconnected": ["Reject", "App"],
  "app-registered": ["Create", "App"],
  "app-changed": ["Update", "App"],
  "app-secret-replaced": ["Update", "AppSecret"],
  "app-removed": ["Delete", "App"],
};
const KINDS = Object.entries(ACTIVITIES) as [SecurityEventKind, readonly [ActivityType, string]][]; // entries forgets the keys

/** Writes it down in the transaction of the change. id: of what it was done to; name: how the member knows that. */
export async function noteSecurityEvent(
  tx: Tx,
  userId: UserId,
  kind: SecurityEventKind,
  { id, name }: { id: string; name: string },
): Promise<void> {
  const [type, objectType] = ACTIVITIES[kind];
  await emitActivity(tx, { originApp: "federation", actorId: userId, type, object: { type: objectType, id }, details: { name } });
}

/** The member's latest ones. */
export async function listSecurityEvents(db: Db, userId: UserId): Promise<SecurityEvent[]> {
  const isOne = or(...KINDS.map(([, [type, objectType]]) => and(eq(apActivities.type, type), eq(apActivities.objectType, objectType))));
  const rows = await db
    .select({
      type: apActivities.type,
      objectType: apActivities.objectType,
      name: sql<string>`coalesce(${apActivities.details} ->> 'name', '')`,
      at: apActivities.publishedAt,
    })
    .from(apActivities)
    .where(and(eq(apActivities.actorId, userId), eq(apActivities.originApp, "federation"), isOne))
    .orderBy(desc(apActivities.id))
    .limit(MOST);
  return rows.flatMap(({ type, objectType, ...event }) => {
    const [kind] = KINDS.find(([, [one, other]]) => one === type && other === objectType) ?? [];
    return kind === undefined ? [] : [{ kind, ...event }];
  });
}
