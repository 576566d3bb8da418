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

/** A day with what is on it. on: YYYY-MM-DD in the calendar's zone. more: how much there is beside entries; url: of the whole day. */
const dayPage = z
  .object({
    on: z.string(),
    day: z.number().int(),
    isToday: z.boolean(),
    url: z.string(),
    entries: z.array(entryCard).readonly(),
    more: z.number().int(),
  })
  .readonly();
export type DayPage = z.output<typeof dayPage>;

const shownCalendar = calendarLink.unwrap().extend({ description: z.string() }).readonly();

/** A month as a table of weeks from Monday. zone: in which its days begin. */
export const monthPage = z
  .object({
    label: z.string(),
    month: z.string(),
    zone: z.string(),
    calendar: shownCalendar.nullable(),
    calendars: z.array(calendarLink).readonly(),
    previousUrl: z.string(),
    nextUrl: z.string(),
    todayUrl: z.string(),
    weeks: z.array(z.array(dayPage.unwrap().extend({ isInMonth: z.boolean() }).readonly()).readonly()).readonly(),
  })
  .readonly();
export type MonthPage = z.output<typeof monthPage>;

/** Days in a row. */
export const daysPage = z
  .object({
    zone: z.string(),
    today: z.string(),
    firstOn: z.string(),
    lastOn: z.string(),
    calendar: shownCalendar.nullable(),
    calendars: z.array(calendarLink).readonly(),
    days: z.array(dayPage).readonly(),
  })
  .readonly();
export type DaysPage = z.output<typeof daysPage>;

/**
 * What of the entries is wanted: in a room by its slug, under a tag, with words in it; free: nothing is to be paid; tickets: there are
 * some. Null and empty leave open.
 */
export interface EntryFilter {
  readonly room: string | null;
  readonly tag: string | null;
  readonly price: "free" | "tickets" | null;
  readonly words: string;
}

/** One of the times of an entry. */
const entryTime = z
  .object({ url: z.string(), startsAt: z.date(), endsAt: z.date(), isCancelled: z.boolean(), isThis: z.boolean() })
  .readonly();

/**
 * An entry to read, at one of its times. html has passed the sanitiser. key: of that time. rule: in words when it comes again, empty for
 * what takes place once; times: the next of them. movedFrom: when it was to start; isUnplaced: its room is taken.
 */
export const entryPage = z
  .object({
    entry: entryCard,
    id: z.number().int(),
    key: z.string(),
    revision: z.number().int(),
    html: z.string(),
    organiser: z.object({ name: z.string(), handle: z.string() }).readonly().nullable(),
    organiserId: z.number().int().nullable(),
    calendarId: z.number().int(),
    isFromFeed: z.boolean(),
    room: z.object({ name: z.string(), url: z.string() }).readonly().nullable(),
    onlineUrl: z.string(),
    tags: z.array(z.string()).readonly(),
    rule: z.string(),
    times: z.array(entryTime).readonly(),
    isTentative: z.boolean(),
    isUnplaced: z.boolean(),
    movedFrom: z.date().nullable(),
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
  getMonth(calendarSlug: string | null, month: string | null, filter?: EntryFilter): Promise<MonthPage>;
  /** from: YYYY-MM-DD, null for today. Throws not-found. */
  getDays(calendarSlug: string | null, span: { from: string | null; days: number }, filter?: EntryFilter): Promise<DaysPage>;
  /** What can be filtered by: rooms with something in them ahead, and tags, the most frequent first. */
  listFilters(
    calendarSlug: string | null,
  ): Promise<{ readonly rooms: readonly { name: string; slug: string }[]; readonly tags: readonly string[] }>;
  /** key: of one of its times; null: the next one, or the last. Throws not-found. */
  getEntry(slug: string, key: string | null): Promise<EntryPage>;
  /** Entries that have not ended, soonest first. */
  listNextEntries(limit: number): Promise<readonly EntryCard[]>;
  /** The same of one calendar; none for a calendar that does not exist. */
  listNextEntriesOf(calendarSlug: string, limit: number): Promise<readonly EntryCard[]>;
  /** What the member has places at and has not ended, soonest first: how many, and the code of one. */
  listTicketsAhead(
    userId: UserId,
    limit: number,
  ): Promise<readonly { readonly count: number; readonly code: string; readonly entry: EntryCard }[]>;
  /** Soonest entry first, past ones last. */
  listTickets(userId: UserId): Promise<readonly TicketView[]>;
}
