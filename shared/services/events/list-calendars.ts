import { asc } from "drizzle-orm";
import { type CalendarLink, calendarLink, type EventsService } from "../../contracts/events.ts";
import type { PublicUrl, ServiceDeps } from "../../infrastructure/service-deps.ts";
import { calendars } from "../../models/calendars.ts";

/** The calendars in their order. */
export function makeListCalendars({ db, publicUrl }: ServiceDeps): EventsService["listCalendars"] {
  const all = prepareCalendars(db);
  return async () => (await all.execute()).map((row) => calendarLinkOf(row, publicUrl));
}

/** Every calendar with its id and the zone in which its days begin. */
export function prepareCalendars(db: ServiceDeps["db"]) {
  return db
    .select({
      id: calendars.id,
      name: calendars.name,
      slug: calendars.slug,
      colour: calendars.colour,
      zone: calendars.zone,
      description: calendars.description,
    })
    .from(calendars)
    .orderBy(asc(calendars.position), asc(calendars.id))
    .prepare("events_calendars");
}

/** A calendar's word and address. */
export function calendarLinkOf(row: Omit<CalendarLink, "url">, publicUrl: PublicUrl): CalendarLink {
  return calendarLink.parse({ ...row, url: publicUrl("events", `/calendars/${row.slug}`) });
}
