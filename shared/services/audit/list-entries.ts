import { and, asc, desc, eq, or, type SQL, sql } from "drizzle-orm";
import type { AuditEntryView, AuditFilter, AuditPage } from "../../contracts/audit.ts";
import type { Db } from "../../infrastructure/db.ts";
import { auditEntries } from "../../models/audit.ts";
import { users } from "../../models/identity.ts";

const PER_PAGE = 30;

const isActor = sql`${auditEntries.actor} = 'user:' || ${users.id}`;

const VIEW = {
  app: auditEntries.app,
  actorName: sql<string>`coalesce(${users.name}, ${auditEntries.actor})`,
  action: auditEntries.action,
  subject: auditEntries.subject,
  reason: auditEntries.reason,
  before: auditEntries.before,
  after: auditEntries.after,
  doneAt: auditEntries.doneAt,
};

/** The newest about one subject. */
export function listAbout(db: Db, subject: string): Promise<AuditEntryView[]> {
  return db
    .select(VIEW)
    .from(auditEntries)
    .leftJoin(users, isActor)
    .where(eq(auditEntries.subject, subject))
    .orderBy(desc(auditEntries.doneAt), desc(auditEntries.id))
    .limit(PER_PAGE);
}

/** One page of the log, newest first, with what its filter can name. */
export async function listEntries(db: Db, filter: AuditFilter, page: number): Promise<AuditPage> {
  const only = and(...conditions(filter));
  const [count, people, actions] = await Promise.all([db.$count(auditEntries, only), listPeople(db), listActions(db)]);
  const pageCount = Math.max(1, Math.ceil(count / PER_PAGE));
  const rows = await db
    .select(VIEW)
    .from(auditEntries)
    .leftJoin(users, isActor)
    .where(only)
    .orderBy(desc(auditEntries.doneAt), desc(auditEntries.id))
    .limit(PER_PAGE)
    .offset((page - 1) * PER_PAGE);
  return { entries: rows, people, actions, page, pageCount };
}

function conditions({ app, by, action, words }: AuditFilter): (SQL | undefined)[] {
  const like = `%${words.replace(/[\\%_]/g, "\\$&")}%`;
  return [
    app === null ? undefined : eq(auditEntries.app, app),
    by === null ? undefined : eq(auditEntries.actor, `user:${by}`),
    action === "" ? undefined : eq(auditEntries.action, action),
    words === "" ? undefined : or(sql`${auditEntries.subject} ilike ${like}`, sql`${auditEntries.reason} ilike ${like}`),
  ];
}

function listPeople(db: Db): Promise<AuditPage["people"]> {
  return db
    .selectDistinct({ userId: users.id, name: users.name })
    .from(auditEntries)
    .innerJoin(users, isActor)
    .orderBy(asc(users.name), asc(users.id));
}

async function listActions(db: Db): Promise<string[]> {
  const rows = await db.selectDistinct({ action: auditEntries.action }).from(auditEntries).orderBy(asc(auditEntries.action));
  return rows.map(({ action }) => action);
}
