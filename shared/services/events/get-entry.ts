import { and, asc, eq, gt, ne, sql } from "drizzle-orm";
import { CodedError } from "../../contracts/errors.ts";
import { type EntryPage, type EventsService, entryPage } from "../../contracts/events.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { calendarEntries, calendars, tickets, ticketTypes } from "../../models/events.ts";
import { users } from "../../models/identity.ts";
import { media } from "../../models/media.ts";
import { entryCardOf, entryColumns, isShown } from "./entry-card.ts";

const NEXT_OF_CALENDAR = 3;

/** An entry with its places, and what its calendar has next. */
export function makeGetEntry({ db, clock, publicUrl }: ServiceDeps): EventsService["getEntry"] {
  const bySlug = prepareEntry(db);
  const nextBeside = prepareNextBeside(db);
  return async (slug) => {
    const [[row], next] = await Promise.all([bySlug.execute({ slug }), nextBeside.execute({ slug, now: clock.now() })]);
    if (row === undefined) throw new CodedError("not-found", "There is nothing in the calendars at this address.", { slug });
    return entryPage.parse({
      entry: entryCardOf(row, publicUrl),
      html: row.html,
      organiser: row.organiser,
      ticketTypes: row.ticketTypes,
      next: next.map((entry) => entryCardOf(entry, publicUrl)),
    });
  };
}

function prepareEntry(db: ServiceDeps["db"]) {
  return db
    .select({
      ...entryColumns,
      html: calendarEntries.html,
      organiser: { name: users.name, handle: users.handle },
      ticketTypes: sql<EntryPage["ticketTypes"]>`(${typesWithPlaces()})`,
    })
    .from(calendarEntries)
    .innerJoin(calendars, eq(calendars.id, calendarEntries.calendarId))
    .leftJoin(users, eq(users.id, calendarEntries.organiserId))
    .leftJoin(media, eq(media.id, calendarEntries.pictureId))
    .where(and(isShown, eq(calendarEntries.slug, sql.placeholder("slug"))))
    .prepare("events_entry");
}

/** The kinds of places of the outer row's entry; every ticket that was not cancelled takes one. */
function typesWithPlaces() {
  const taken = sql`(select count(*) from ${tickets} where ${tickets.ticketTypeId} = ${ticketTypes.id} and ${tickets.status} <> 'cancelled')`;
  return sql`select coalesce(json_agg(json_build_object(
      'name', ${ticketTypes.name}, 'priceMinor', ${ticketTypes.priceMinor}, 'currency', ${ticketTypes.currency},
      'capacity', ${ticketTypes.capacity}, 'placesLeft', greatest(0, ${ticketTypes.capacity} - ${taken})
    ) order by ${ticketTypes.position}, ${ticketTypes.id}), '[]')
    from ${ticketTypes} where ${ticketTypes.entryId} = ${calendarEntries.id}`;
}

/** The next entries of the calendar in which the entry of this slug stands, without itself. */
function prepareNextBeside(db: ServiceDeps["db"]) {
  const slug = sql.placeholder("slug");
  const calendarOfSlug = sql`(select calendar_id from calendar_entries as this where this.slug = ${slug})`;
  return db
    .select(entryColumns)
    .from(calendarEntries)
    .innerJoin(calendars, eq(calendars.id, calendarEntries.calendarId))
    .leftJoin(media, eq(media.id, calendarEntries.pictureId))
    .where(
      and(
        isShown,
        eq(calendarEntries.calendarId, calendarOfSlug),
        ne(calendarEntries.slug, slug),
        gt(calendarEntries.endsAt, sql.placeholder("now")),
      ),
    )
    .orderBy(asc(calendarEntries.startsAt), asc(calendarEntries.id))
    .limit(NEXT_OF_CALENDAR)
    .prepare("events_next_beside");
}
