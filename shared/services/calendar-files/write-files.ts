import { createHash } from "node:crypto";
import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import { LRUCache } from "lru-cache";
import type { CalendarFile, CalendarFileResult, CalendarFilesService } from "../../contracts/calendar-files.ts";
import { CodedError } from "../../contracts/errors.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { calendarAddresses, calendars } from "../../models/calendars.ts";
import { calendarEntries } from "../../models/events.ts";
import type { WrittenEvents } from "./own-events.ts";
import { readOwn, writeOwn } from "./own-file.ts";
import { readModels } from "./read-models.ts";

type Writes = Pick<CalendarFilesService, "getCalendarFile" | "getEntryFile" | "findOwnFile" | "getOwnAhead">;

const REFRESH_HOURS = 1;
/** What programs ask for again and again is written once for each state that it is in. */
const MOST_KEPT = 30;
const MOST_KEPT_LETTERS = 20_000_000;

/** Calendars as files. */
export function makeWriteFiles(deps: ServiceDeps): Writes {
  const { db, clock } = deps;
  const kept = new LRUCache<string, CalendarFile>({
    max: MOST_KEPT,
    maxSize: MOST_KEPT_LETTERS,
    sizeCalculation: ({ body }) => body.length + 1,
  });
  const isShown = inArray(calendarEntries.status, ["confirmed", "cancelled"]);

  async function fileOf(name: string, which: SQL | undefined, salt: string, known: string | null): Promise<CalendarFileResult> {
    const { etag, lastModified } = await stateOf(deps, which, salt);
    if (known === etag) return { kind: "unchanged", etag, lastModified };
    const found = kept.get(etag);
    if (found) return found;
    return keep({ body: await write(deps, name, which), etag, lastModified });
  }

  return {
    async getCalendarFile(slug, known) {
      const [calendar] = await db.select().from(calendars).where(eq(calendars.slug, slug));
      if (!calendar) throw new CodedError("not-found", "There is no calendar at this address.", { slug });
      const { id, name, revision } = calendar;
      return fileOf(name, and(isShown, eq(calendarEntries.calendarId, id)), `calendar ${id} ${revision} ${name}`, known);
    },
    async getEntryFile(slug) {
      const which = and(isShown, eq(calendarEntries.slug, slug));
      const file = await fileOf(slug, which, `entry ${slug}`, null);
      if ("kind" in file || !file.body.includes("BEGIN:VEVENT"))
        throw new CodedError("not-found", "There is no entry at this address.", { slug });
      return file;
    },
    async findOwnFile(tokenHash, known) {
      const [owner] = await db
        .update(calendarAddresses)
        .set({ lastUsedAt: sql`now()` })
        .where(eq(calendarAddresses.tokenHash, tokenHash))
        .returning({ userId: calendarAddresses.userId });
      if (!owner) return null;
      const own = await readOwn(deps, owner.userId, null);
      const { etag, lastModified } = await stateOf(deps, own.which, `own ${own.salt}`);
      if (known === etag) return { kind: "unchanged", etag, lastModified };
      return kept.get(etag) ?? keep({ body: await writeOwn(deps, own, await eventsOfEntries(deps, own.which)), etag, lastModified });
    },
    async getOwnAhead(userId) {
      const own = await readOwn(deps, userId, clock.now());
      const { etag, lastModified } = await stateOf(deps, own.which, `ahead ${own.salt}`);
      return { body: await writeOwn(deps, own, await eventsOfEntries(deps, own.which)), etag, lastModified };
    },
  };

  function keep(file: CalendarFile): CalendarFile {
    kept.set(file.etag, file);
    return file;
  }
}

/** What names a state: how many there are, and when one was changed last. */
async function stateOf({ db }: ServiceDeps, which: SQL | undefined, salt: string): Promise<{ etag: string; lastModified: Date }> {
  const [row] = await db
    .select({
      state: sql<string>`concat_ws(' ', count(*), sum(hashint8extended(${calendarEntries.id}, ${calendarEntries.revision})), extract(epoch from max(${calendarEntries.updatedAt})))`,
      changedAt: sql<Date | null>`max(${calendarEntries.updatedAt})`.mapWith(calendarEntries.updatedAt),
    })
    .from(calendarEntries)
    .where(which);
  const hash = createHash("sha256").update(`${salt}\n${row?.state}`).digest("base64url").slice(0, 22);
  const lastModified = new Date(Math.floor((row?.changedAt?.getTime() ?? 0) / 1000) * 1000);
  return { etag: `"${hash}"`, lastModified };
}

async function write(deps: ServiceDeps, name: string, which: SQL | undefined): Promise<string> {
  const [{ writeCalendar }, events] = await Promise.all([import("../../infrastructure/ical/index.ts"), eventsOfEntries(deps, which)]);
  return writeCalendar({ name, method: "PUBLISH", refreshHours: REFRESH_HOURS }, events);
}

/** Entries that fit, each with all its times. */
async function eventsOfEntries({ db, publicUrl }: ServiceDeps, which: SQL | undefined): Promise<WrittenEvents> {
  const [{ eventsOf }, { models, roomNames, people }] = await Promise.all([import("../calendars/entry-model.ts"), readModels(db, which)]);
  return models.flatMap((model) => {
    const { slug, organiserId } = model.entry;
    const person = organiserId === null ? undefined : people.get(organiserId);
    const organiser = person ? { name: person.name, address: publicUrl("federation", `/@${person.handle}`) } : null;
    const url = publicUrl("events", `/entries/${slug}`);
    return eventsOf(model, roomNames).map((event) => ({ ...event, organiser: event.organiser ?? organiser, url, guests: [] as const }));
  });
}
