import { and, asc, eq, sql } from "drizzle-orm";
import type { AuditService } from "../../contracts/audit.ts";
import type { CalendarSetupService, SetupResult } from "../../contracts/calendar-setup.ts";
import { CodedError } from "../../contracts/errors.ts";
import type { Tx } from "../../contracts/tx.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import type { AuditState } from "../../models/audit.ts";
import { roomSlots } from "../../models/bookings.ts";
import { calendarKeepers, calendarRooms, calendars } from "../../models/calendars.ts";
import { calendarEntries } from "../../models/events.ts";
import { users } from "../../models/identity.ts";
import type { CalendarId, RoomId, UserId } from "../../models/ids.ts";
import { freeAddress, slugOf } from "../slugs.ts";

type Calendars = Omit<CalendarSetupService, "listRooms" | "getRoom" | "createRoom" | "saveRoom" | "removeRoom">;
type Note = { id: CalendarId; by: UserId; action: string; after: AuditState };

/** Calendars, their keepers and their rooms. */
export function makeCalendars(deps: ServiceDeps, audit: AuditService): Calendars {
  const note = async (tx: Tx, { id, ...entry }: Note) => {
    await audit.record(tx, { app: "events", subject: `calendar:${id}`, reason: "", before: null, ...entry });
    purgeOnCommit(tx, ["calendar", "posts"]); // pages of the blog name the calendars that they show
  };
  return {
    ...makeReads(deps),
    async createCalendar(tx, { name, zone, by }) {
      const slug = await freeAddress(tx, "calendars.slug", slugOf(name, "calendar"));
      const position = sql<number>`(select coalesce(max(position), 0) + 1 from ${calendars})`;
      const [made] = await tx.insert(calendars).values({ name, slug, zone, position, colour: "ink" }).returning({ id: calendars.id });
      if (!made) throw new Error("a calendar was not made");
      await note(tx, { id: made.id, by, action: "create calendar", after: { name, slug } });
      return made.id;
    },
    async saveCalendar(tx, { id, revision, details: { roomIds, ...details }, by }) {
      const result = await saveDetails(tx, id, revision, details);
      if (result.kind !== "changed") return result;
      await tx.delete(calendarRooms).where(eq(calendarRooms.calendarId, id));
      const rooms = [...new Set(roomIds)].map((roomId) => ({ calendarId: id, roomId }));
      if (rooms.length > 0)
        await tx.execute(sql`
        insert into calendar_rooms (calendar_id, room_id) select ${id}, id from rooms where id = any(${sql.param(rooms.map((room) => room.roomId))}::bigint[])`);
      const { name, slug, zone, proposers, proposersGroup, isModerated } = details;
      await note(tx, { id, by, action: "edit calendar", after: { name, slug, zone, proposers, proposersGroup, isModerated } });
      return result;
    },
    async removeCalendar(tx, { id, by }) {
      const [held] = await tx.select({ id: calendars.id }).from(calendars).where(eq(calendars.id, id)).for("update");
      if (!held) return { kind: "gone" };
      const [used] = await tx.select({ id: calendarEntries.id }).from(calendarEntries).where(eq(calendarEntries.calendarId, id)).limit(1);
      const [offered] = await tx.select({ id: roomSlots.id }).from(roomSlots).where(eq(roomSlots.calendarId, id)).limit(1);
      if (used || offered) return { kind: "in-use" };
      await tx.delete(calendars).where(eq(calendars.id, id));
      await note(tx, { id, by, action: "remove calendar", after: null });
      return { kind: "changed" };
    },
    async addKeeper(tx, { id, handle, by }) {
      const [user] = await tx
        .select({ id: users.id })
        .from(users)
        .where(eq(users.handle, handle.replace(/^@/, "").toLowerCase()));
      if (!user) return { kind: "gone" };
      const [calendar] = await tx.select({ id: calendars.id }).from(calendars).where(eq(calendars.id, id)).for("key share");
      if (!calendar) return { kind: "gone" };
      await tx.insert(calendarKeepers).values({ calendarId: id, userId: user.id }).onConflictDoNothing();
      await note(tx, { id, by, action: "appoint keeper", after: { userId: user.id } });
      return { kind: "changed" };
    },
    async removeKeeper(tx, { id, userId, by }) {
      const isThis = and(eq(calendarKeepers.calendarId, id), eq(calendarKeepers.userId, userId));
      const gone = await tx.delete(calendarKeepers).where(isThis).returning({ userId: calendarKeepers.userId });
      if (gone.length === 0) return { kind: "gone" };
      await note(tx, { id, by, action: "dismiss keeper", after: { userId } });
      return { kind: "changed" };
    },
  };
}

async function saveDetails(
  tx: Tx,
  id: CalendarId,
  revision: number,
  details: Partial<typeof calendars.$inferInsert>,
): Promise<SetupResult> {
  try {
    const saved = await tx.transaction((inner) =>
      inner
        .update(calendars)
        .set({ ...details, revision: sql`${calendars.revision} + 1` })
        .where(and(eq(calendars.id, id), eq(calendars.revision, revision)))
        .returning({ id: calendars.id }),
    );
    if (saved.length > 0) return { kind: "changed" };
  } catch (error) {
    if (isSlugTaken(error)) return { kind: "taken" };
    throw error;
  }
  const [found] = await tx.select({ id: calendars.id }).from(calendars).where(eq(calendars.id, id));
  return { kind: found ? "conflict" : "gone" };
}

function isSlugTaken(error: unknown): boolean {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error && "constraint" in cause && cause.constraint === "calendars_slug_unique";
}

function makeReads({ db, publicUrl }: ServiceDeps): Pick<CalendarSetupService, "listCalendars" | "getCalendar"> {
  return {
    async listCalendars() {
      const { id, name, slug, colour } = calendars;
      return db
        .select({ id, name, slug, colour, entryCount: db.$count(calendarEntries, eq(calendarEntries.calendarId, calendars.id)) })
        .from(calendars)
        .orderBy(asc(calendars.position), asc(calendars.id));
    },
    async getCalendar(id) {
      const [calendar] = await db.select().from(calendars).where(eq(calendars.id, id));
      if (!calendar) throw new CodedError("not-found", "There is no such calendar.", { id });
      const [keepers, rooms, pages] = await Promise.all([
        db
          .select({ userId: users.id, name: users.name, handle: users.handle })
          .from(calendarKeepers)
          .innerJoin(users, eq(users.id, calendarKeepers.userId))
          .where(eq(calendarKeepers.calendarId, id))
          .orderBy(asc(users.name), asc(users.id)),
        db.select({ id: calendarRooms.roomId }).from(calendarRooms).where(eq(calendarRooms.calendarId, id)),
        db.execute<{ title: string; path: string }>(sql`
          select title, path from containments join pages on pages.id = page_id
          where calendar_id = ${id} and status = 'published' and audience is null order by path`),
      ]);
      return {
        ...calendar,
        ...{ keepers, url: publicUrl("events", `/calendars/${calendar.slug}`), roomIds: rooms.map((room) => room.id as RoomId) },
        pages: pages.rows.map(({ title, path }) => ({ name: title, url: publicUrl("blog", `/${path}`) })),
      };
    },
  };
}
