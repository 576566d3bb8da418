import { z } from "zod";
import type { UserId } from "../models/ids.ts";
import { picture } from "./dto.ts";
import type { Searchable } from "./search.ts";

/** A calendar by name, with the colour its entries are marked in. */
export const calendarLink = z
  .object({ name: z.string(), slug: z.string(), url: z.string(), colour: z.enum(["rose", "leaf", "amber", "ink"]) })
  .readonly();
export type CalendarLink = z.output<typeof calendarLink>;

/** An entry in a list. Instants are absolute; zone is the IANA zone to show them in. */
export const entryCard = z
  .object({
    url: z.string(),
    slug: z.string(),
    title: z.string(),
    startsAt: z.date(),
    endsAt: z.date(),
    zone: z.string(),
    isAllDay: z.boolean(),
    place: z.string(),
    summary: z.string(),
    calendar: calendarLink,
    picture: picture.nullable(),
    isCancelled: z.boolean(),
  })
  .readonly();
export type EntryCard = z.output<typeof entryCard>;

/** A month as a table of weeks from Monday. on: the day as YYYY-MM-DD in the calendar's zone. */
export const monthPage = z
  .object({
    label: z.string(),
    month: z.string(),
    calendar: calendarLink.nullable(),
    calendars: z.array(calendarLink).readonly(),
    previousUrl: z.string(),
    nextUrl: z.string(),
    todayUrl: z.string(),
    weeks: z
      .array(
        z
          .array(
            z
              .object({
                on: z.string(),
                day: z.number().int(),
                isInMonth: z.boolean(),
                isToday: z.boolean(),
                entries: z.array(entryCard).readonly(),
              })
              .readonly(),
          )
          .readonly(),
      )
      .readonly(),
  })
  .readonly();
export type MonthPage = z.output<typeof monthPage>;

const ticketTypeView = z
  .object({
    name: z.string(),
    priceMinor: z.number().int(),
    currency: z.string(),
    capacity: z.number().int(),
    placesLeft: z.number().int(),
  })
  .readonly();

/** An entry to read. html has passed the sanitiser. */
export const entryPage = z
  .object({
    entry: entryCard,
    html: z.string(),
    organiser: z.object({ name: z.string(), handle: z.string() }).readonly().nullable(),
    ticketTypes: z.array(ticketTypeView).readonly(),
    next: z.array(entryCard).readonly(),
  })
  .readonly();
export type EntryPage = z.output<typeof entryPage>;

/** A ticket in its holder's hands. code is what the door scans. */
export const ticketView = z
  .object({ code: z.string(), typeName: z.string(), status: z.enum(["valid", "used", "cancelled"]), entry: entryCard })
  .readonly();
export type TicketView = z.output<typeof ticketView>;

/** What the calendars answer. Proposed entries are nobody's here. */
export interface EventsService extends Searchable {
  listCalendars(): Promise<readonly CalendarLink[]>;
  /** month: YYYY-MM, null for the present one. calendarSlug null: all calendars together. Throws not-found. */
  getMonth(calendarSlug: string | null, month: string | null): Promise<MonthPage>;
  getEntry(slug: string): Promise<EntryPage>;
  /** Entries that have not ended, soonest first. */
  listNextEntries(limit: number): Promise<readonly EntryCard[]>;
  /** The same of one calendar; none for a calendar that does not exist. */
  listNextEntriesOf(calendarSlug: string, limit: number): Promise<readonly EntryCard[]>;
  /** Soonest entry first, past ones last. */
  listTickets(userId: UserId): Promise<readonly TicketView[]>;
}
