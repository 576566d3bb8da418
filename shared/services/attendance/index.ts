import { and, asc, eq, sql } from "drizzle-orm";
import type { AttendanceService } from "../../contracts/attendance.ts";
import type { FediverseService } from "../../contracts/fediverse.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { users } from "../../models/identity.ts";
import { entryAnswers } from "../../models/occurrences.ts";

/** Names that a page shows. */
const MOST_NAMED = 60;

/** Who comes, over PostgreSQL. An answer to what takes place once is kept under no key: it stays when that is moved. */
export function makeAttendanceService(
  { db, clock, publicUrl }: ServiceDeps,
  { fediverse }: { fediverse: Pick<FediverseService, "listReactions"> },
): AttendanceService {
  return {
    async getAttendance({ entryId, slug, key }, reader) {
      const isOfTime = and(eq(entryAnswers.entryId, entryId), eq(entryAnswers.key, key));
      const comes = and(isOfTime, entryAnswers.comes);
      const [count, afar, named, own] = await Promise.all([
        db.$count(entryAnswers, comes),
        fediverse.listReactions(publicUrl("events", `/entries/${slug}`)),
        reader === null
          ? []
          : db
              .select({ name: users.name, handle: users.handle })
              .from(entryAnswers)
              .innerJoin(users, eq(users.id, entryAnswers.userId))
              .where(and(comes, reader.seesAll ? undefined : entryAnswers.isNamed))
              .orderBy(asc(users.name), asc(users.id))
              .limit(MOST_NAMED),
        reader === null
          ? []
          : db
              .select({ comes: entryAnswers.comes, isNamed: entryAnswers.isNamed })
              .from(entryAnswers)
              .where(and(isOfTime, eq(entryAnswers.userId, reader.userId))),
      ]);
      return { count: count + afar.filter(({ type }) => type === "Join").length, named, own: own[0] ?? null };
    },
    async answer(tx, { slug, key, by, comes, isNamed }) {
      const { rows } = await tx.execute<{ entry_id: string; key: string }>(sql`
        select entry.id as entry_id, case when entry.recurrence = '{}' then '' else occurrences.key end as key
        from calendar_entries as entry join occurrences on occurrences.entry_id = entry.id
        where entry.slug = ${slug} and entry.status = 'confirmed' and not occurrences.is_cancelled
          and occurrences.ends_at > ${clock.now().toISOString()}::timestamptz
          and (entry.recurrence = '{}' or occurrences.key = ${key}::text)
          and not exists (select from ticket_types where ticket_types.entry_id = entry.id and not is_closed)
        for key share of entry`);
      const [time] = rows;
      if (!time) return false;
      if (comes === null) {
        await tx.execute(
          sql`delete from entry_answers where entry_id = ${time.entry_id}::bigint and key = ${time.key} and user_id = ${by}`,
        );
        return true;
      }
      await tx.execute(sql`
        insert into entry_answers (entry_id, key, user_id, comes, is_named)
        values (${time.entry_id}::bigint, ${time.key}, ${by}, ${comes}, ${comes && isNamed})
        on conflict (entry_id, key, user_id) do update set comes = excluded.comes, is_named = excluded.is_named, answered_at = now()`);
      return true;
    },
  };
}
