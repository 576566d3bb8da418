/** The tables that events owns. */
export { bookings, bookingTimes, roomClosures, roomSlots } from "@rose-ash/shared/models/bookings.ts";
export {
  calendarAddresses,
  calendarFeeds,
  calendarImports,
  calendarKeepers,
  calendarRooms,
  calendars,
  rooms,
} from "@rose-ash/shared/models/calendars.ts";
export { calendarEntries } from "@rose-ash/shared/models/events.ts";
export { entryAnswers, entryGuests, entryOverrides, occurrences, roomClaims } from "@rose-ash/shared/models/occurrences.ts";
export {
  checkIns,
  ticketBoxes,
  ticketPartsOff,
  tickets,
  ticketTimes,
  ticketTransfers,
  ticketTypes,
  ticketWaits,
} from "@rose-ash/shared/models/tickets.ts";
