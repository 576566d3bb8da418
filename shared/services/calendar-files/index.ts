import { eq, sql } from "drizzle-orm";
import type { AuditService } from "../../contracts/audit.ts";
import type { CalendarFilesService } from "../../contracts/calendar-files.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { calendarAddresses } from "../../models/calendars.ts";
import type { CalendarEntryId } from "../../models/ids.ts";
import { keepOccurrences, lockEntry, ZONE_RULES } from "../calendars/keep-occurrences.ts";
import { tellOf } from "../calendars/save-entry.ts";
import { makeFeeds } from "./feeds.ts";
import { makeUploads } from "./uploads.ts";
import { makeWriteFiles } from "./write-files.ts";

/** Made anew when they reach no further: the horizon itself lies thirty days beyond. */
const LEAST_DAYS = 520;
const ENTRIES_AT_ONCE = 20;

/** Calendars as files, over PostgreSQL. */
export function makeCalendarFilesService(deps: ServiceDeps, { audit }: { audit: AuditService }): CalendarFilesService {
  const { db, clock } = deps;
  return {
    ...makeWriteFiles(deps),
    ...makeFeeds(db, audit),
    ...makeUploads(db),
    async findOwnAddress(userId) {
      const { createdAt, lastUsedAt } = calendarAddresses;
      const [found] = await db.select({ createdAt, lastUsedAt }).from(calendarAddresses).where(eq(calendarAddresses.userId, userId));
      return found ?? null;
    },
    async renewOwnAddress(tx, { userId, tokenHash }) {
      const set = { tokenHash, createdAt: sql`now()`, lastUsedAt: null };
      await tx.insert(calendarAddresses).values({ userId, tokenHash }).onConflictDoUpdate({ target: calendarAddresses.userId, set });
    },
    async revokeOwnAddress(tx, userId) {
      const gone = await tx
        .delete(calendarAddresses)
        .where(eq(calendarAddresses.userId, userId))
        .returning({ userId: calendarAddresses.userId });
      return gone.length > 0;
    },
    async previewImport(calendarId, feedId, series) {
      const { previewSeries } = await import("./import-series.ts");
      return previewSeries(db, { calendarId, feedId }, series);
    },
    async importSeries(tx, { calendarId, feedId, series, by }) {
      const { importSeries } = await import("./import-series.ts");
      const { lines, written } = await importSeries(tx, { calendarId, feedId, by, now: clock.now() }, series);
      // what others publish they announce themselves
      for (const { id, isNew } of written) await tellOf(tx, { id, by, type: isNew ? "Create" : "Update", isPublic: false });
      if (written.length > 0) purgeOnCommit(tx, ["calendar"]);
      return lines;
    },
    async keepHorizon(tx, now) {
      const wanted = new Date(now.getTime() + LEAST_DAYS * 24 * 3_600_000).toISOString();
      const { rows } = await tx.execute<{ id: string }>(sql`
        select id from calendar_entries
        where expanded_to is null or expanded_to < ${wanted}::timestamptz or expanded_with is distinct from ${ZONE_RULES}
        order by expanded_to nulls first, id limit ${ENTRIES_AT_ONCE} for update skip locked`);
      for (const { id } of rows) {
        const model = await lockEntry(tx, Number(id) as CalendarEntryId);
        if (model) await keepOccurrences(tx, model, now);
      }
      if (rows.length > 0) purgeOnCommit(tx, ["calendar"]);
      return rows.length;
    },
  };
}
