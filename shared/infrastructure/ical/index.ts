/** The door of this folder: calendar files (RFC 5545), read and written. Pure, no network. */
export { type Moment, zoned } from "./moment.ts";
export {
  type CalendarEvent,
  type Length,
  type ListedDate,
  readEvents,
  readRecurrence,
} from "./read-events.ts";
export { recurrenceLines, writeCalendar, writeMoment } from "./write-calendar.ts";
export { isZone } from "./zones.ts";
