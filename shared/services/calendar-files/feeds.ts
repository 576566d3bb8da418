import { and, asc, eq, sql } from "drizzle-orm";
import type { AuditService } from "../../contracts/audit.ts";
import type { CalendarFilesService } from "../../contracts/calendar-files.ts";
import type { Tx } from "../../contracts/tx.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import type { Db } from "../../infrastructure/db.ts";
import { calendarFeeds } from "../../models/calendars.ts";
import { calendarEntries } from "../../models/events.ts";
import type { CalendarFeedId, CalendarId } from "../../models/ids.ts";

type Feeds = Pick<
  CalendarFilesService,
  "listFeeds" | "addFeed" | "removeFeed" | "askFeed" | "takeDueFeed" | "settleFeed" | "removeMissing"
>;

const EVERY_MS = 3_600_000;
const LEASE_MS = 10 * 60_000;
/** What fails is asked more and more seldom; what fails for good, once a day. */
const LONGEST_WAIT_MS = 24 * EVERY_MS;
const MOST_NOTES = 20;

/** Calendars of others that ours follow. */
export function makeFeeds(db: Db, audit: AuditService): Feeds {
  return {
    async listFeeds(calendarId) {
      const { id, url, isActive, readAt, changedAt, nextAt, trouble, notes } = calendarFeeds;
      const entryCount = db.$count(calendarEntries, eq(calendarEntries.feedId, calendarFeeds.id));
      return db
        .select({ id, url, isActive, readAt, changedAt, nextAt, trouble, notes, entryCount })
        .from(calendarFeeds)
        .where(eq(calendarFeeds.calendarId, calendarId))
        .orderBy(asc(id));
    },
    async addFeed(tx, { calendarId, url, by }) {
      const made = await tx
        .insert(calendarFeeds)
        .values({ calendarId, url, addedById: by })
        .onConflictDoNothing()
        .returning({ id: calendarFeeds.id });
      if (made.length === 0) return "there-already";
      const after = { host: URL.parse(url)?.host ?? "" }; // the rest of an address may be a secret
      await audit.record(tx, {
        app: "events",
        by,
        action: "follow calendar",
        subject: `calendar:${calendarId}`,
        reason: "",
        before: null,
        after,
      });
      return "added";
    },
    async removeFeed(tx, { calendarId, id, withEntries, by }) {
      const [feed] = await tx.select({ id: calendarFeeds.id }).from(calendarFeeds).where(isFeed(calendarId, id)).for("update");
      if (!feed) return false;
      if (withEntries) await takeOut(tx, id, sql`true`);
      await tx.delete(calendarFeeds).where(eq(calendarFeeds.id, id));
      await audit.record(tx, {
        app: "events",
        by,
        action: "unfollow calendar",
        subject: `calendar:${calendarId}`,
        reason: "",
        before: null,
        after: null,
      });
      purgeOnCommit(tx, ["calendar"]);
      return true;
    },
    async askFeed(tx, calendarId, id) {
      const set = { nextAt: sql`now()`, isActive: true, etag: null, lastModified: null, bodyHash: null };
      return (await tx.update(calendarFeeds).set(set).where(isFeed(calendarId, id)).returning({ id: calendarFeeds.id })).length > 0;
    },
    async takeDueFeed(tx, now) {
      const { rows } = await tx.execute<{ id: string }>(sql`
        select id from calendar_feeds where is_active and next_at <= ${now.toISOString()}::timestamptz
          and (leased_until is null or leased_until <= ${now.toISOString()}::timestamptz)
        order by next_at, id limit 1 for update skip locked`);
      const id = Number(rows[0]?.id ?? 0) as CalendarFeedId;
      const [feed] = await tx
        .update(calendarFeeds)
        .set({ leasedUntil: new Date(now.getTime() + LEASE_MS) })
        .where(eq(calendarFeeds.id, id))
        .returning();
      return feed ?? null;
    },
    async settleFeed(tx, id, outcome, now) {
      const after = (ms: number) => new Date(now.getTime() + ms);
      const over = { leasedUntil: null };
      if (outcome.kind === "failed") {
        const wait = sql`${now.toISOString()}::timestamptz + least(interval '1 day', interval '10 minutes' * power(2, least(failures, 10)))`;
        const nextAt = outcome.isLasting ? after(LONGEST_WAIT_MS) : wait;
        await tx
          .update(calendarFeeds)
          .set({ ...over, nextAt, trouble: outcome.trouble, failures: sql`failures + 1` })
          .where(eq(calendarFeeds.id, id));
        return;
      }
      const well = { ...over, nextAt: after(EVERY_MS), trouble: "", failures: 0, readAt: now };
      if (outcome.kind === "unchanged") await tx.update(calendarFeeds).set(well).where(eq(calendarFeeds.id, id));
      else {
        const { etag, lastModified, bodyHash, notes } = outcome;
        const read = { etag, lastModified, bodyHash, notes: notes.slice(0, MOST_NOTES), changedAt: now };
        await tx
          .update(calendarFeeds)
          .set({ ...well, ...read })
          .where(eq(calendarFeeds.id, id));
      }
    },
    async removeMissing(tx, feedId, uids) {
      const isAhead = sql`exists (select from occurrences where entry_id = ${calendarEntries.id} and ends_at > now())`;
      const gone = await takeOut(tx, feedId, sql`not uid = any(${sql.param([...uids])}::text[]) and ${isAhead}`);
      if (gone > 0) purgeOnCommit(tx, ["calendar"]);
      return gone;
    },
  };
}

function isFeed(calendarId: CalendarId, id: CalendarFeedId) {
  return and(eq(calendarFeeds.calendarId, calendarId), eq(calendarFeeds.id, id));
}

/** What nobody holds a ticket of is gone; the rest is cancelled. Gives how many there were. */
async function takeOut(tx: Tx, feedId: CalendarFeedId, which: ReturnType<typeof sql>): Promise<number> {
  const isHeld = sql`exists (select from ticket_types join tickets on ticket_type_id = ticket_types.id where entry_id = ${calendarEntries.id})`;
  const isOf = and(eq(calendarEntries.feedId, feedId), which);
  const cancelled = await tx
    .update(calendarEntries)
    .set({ status: "cancelled", importDigest: null, updatedAt: sql`now()` })
    .where(and(isOf, isHeld, sql`status <> 'cancelled'`))
    .returning({ id: calendarEntries.id });
  const gone = await tx
    .delete(calendarEntries)
    .where(and(isOf, sql`not ${isHeld}`))
    .returning({ id: calendarEntries.id });
  return cancelled.length + gone.length;
}
