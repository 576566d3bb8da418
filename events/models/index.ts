/** The tables that events owns. */
export { calendarEntries, calendars, tickets, ticketTypes } from "@rose-ash/shared/models/events.ts";
