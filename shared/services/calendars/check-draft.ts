import { Temporal } from "temporal-polyfill";
import type { DraftError, EntryDraft } from "../../contracts/calendar-desk.ts";
import { isZone } from "../../infrastructure/ical/index.ts";
import { htmlOfLightText, MAX_LIGHT_TEXT } from "../../infrastructure/light-text.ts";
import type { calendarEntries } from "../../models/events.ts";
import type { OpenRoom } from "./rights.ts";

/** The columns that a draft comes to, but for the instants of its series. */
export type DraftColumns = Pick<
  typeof calendarEntries.$inferSelect,
  | ("title" | "summary" | "text" | "html" | "place" | "roomId" | "pictureId" | "onlineUrl" | "tags")
  | ("zone" | "isAllDay" | "isFloating" | "isExact" | "recurrence" | "startsAt" | "endsAt")
> & { startsLocal: string; duration: string };

const LIMITS = { title: 200, summary: 300, place: 200, onlineUrl: 500 } as const;
const MOST_TAGS = 20;
const LONGEST_TAG = 40;
const MOST_LINES = 400;
const LONGEST_LINE = 1_000;
/** Nothing takes longer. */
const MOST_DAYS = 400;
const YEARS = { from: 2000, to: 2099 };

/** What is wrong with a draft, or its columns. rooms: those it may take. */
export function checkDraft(
  draft: EntryDraft,
  rooms: readonly OpenRoom[],
): { kind: "wrong"; errors: readonly DraftError[] } | { kind: "right"; columns: DraftColumns } {
  const errors = [...wordErrors(draft), ...placeErrors(draft, rooms)];
  const time = timeOf(draft);
  if (time.kind === "wrong") errors.push(...time.errors);
  if (time.kind === "wrong" || errors.length > 0) return { kind: "wrong", errors };
  const { title, summary, text, place, roomId, pictureId, onlineUrl, tags, zone, isAllDay, recurrence } = draft;
  const words = { title: title.trim(), summary: summary.trim(), text: text.trim(), html: htmlOfLightText(text), place: place.trim() };
  return {
    kind: "right",
    columns: {
      ...words,
      roomId,
      pictureId,
      onlineUrl,
      tags: [...new Set(tags)],
      zone,
      isAllDay,
      recurrence: [...recurrence],
      ...time.columns,
    },
  };
}

function wordErrors(draft: EntryDraft): DraftError[] {
  const errors: DraftError[] = [];
  if (draft.title.trim() === "") errors.push({ field: "title", message: "It needs a name." });
  for (const field of ["title", "summary", "place", "onlineUrl"] as const)
    if (draft[field].length > LIMITS[field]) errors.push({ field, message: `At most ${LIMITS[field]} letters.` });
  if (draft.text.length > MAX_LIGHT_TEXT)
    errors.push({ field: "text", message: `At most ${MAX_LIGHT_TEXT} letters; a longer text is a page of the blog.` });
  if (draft.tags.length > MOST_TAGS || draft.tags.some((tag) => tag === "" || tag.length > LONGEST_TAG))
    errors.push({ field: "tags", message: `At most ${MOST_TAGS} words of up to ${LONGEST_TAG} letters, with commas between them.` });
  return errors;
}

function placeErrors({ onlineUrl, roomId }: EntryDraft, rooms: readonly OpenRoom[]): DraftError[] {
  const errors: DraftError[] = [];
  if (onlineUrl !== "" && !/^https?:$/.test(URL.parse(onlineUrl)?.protocol ?? ""))
    errors.push({ field: "onlineUrl", message: "An address that begins with https://." });
  if (roomId !== null && !rooms.some(({ id }) => id === roomId))
    errors.push({ field: "roomId", message: "This calendar does not have that room." });
  return errors;
}

type Time =
  | { kind: "wrong"; errors: DraftError[] }
  | { kind: "right"; columns: Pick<DraftColumns, "startsLocal" | "duration" | "isExact" | "startsAt" | "endsAt" | "isFloating"> };

function timeOf({ zone, isAllDay, startsLocal, endsLocal, recurrence }: EntryDraft): Time {
  const wrong = (field: keyof EntryDraft, message: string): Time => ({ kind: "wrong", errors: [{ field, message }] });
  if (!isZone(zone)) return wrong("zone", "A time zone as “Europe/London”.");
  const [start, end] = [localOf(startsLocal), localOf(endsLocal)];
  if (start === null || start.year < YEARS.from || start.year > YEARS.to)
    return wrong("startsLocal", `A day and a time between ${YEARS.from} and ${YEARS.to}, as 2026-11-20T18:30.`);
  if (end === null) return wrong("endsLocal", "A day and a time, as 2026-11-20T20:30.");
  const [startsAt, endsAt] = [start.toZonedDateTime(zone), end.toZonedDateTime(zone)];
  if (Temporal.PlainDateTime.compare(end, start) <= 0 || endsAt.epochMilliseconds <= startsAt.epochMilliseconds)
    return wrong("endsLocal", "It ends before it starts.");
  if (end.since(start, { largestUnit: "days" }).days > MOST_DAYS)
    return wrong("endsLocal", `It takes longer than ${MOST_DAYS} days: make it a series.`);
  if (
    recurrence.length > MOST_LINES ||
    recurrence.some((line) => line.length > LONGEST_LINE || !/^(RRULE|RDATE|EXDATE|EXRULE)[;:][^\r\n]*$/.test(line))
  )
    return wrong("recurrence", "A rule as “FREQ=WEEKLY;BYDAY=MO”.");
  const duration = isAllDay
    ? end.since(start, { largestUnit: "days" })
    : endsAt.toInstant().since(startsAt.toInstant(), { largestUnit: "hours" });
  return {
    kind: "right",
    columns: {
      startsLocal: start.toString({ smallestUnit: "second" }).replace("T", " "),
      ...{ duration: duration.toString(), isExact: !isAllDay, isFloating: false },
      ...{ startsAt: new Date(startsAt.epochMilliseconds), endsAt: new Date(endsAt.epochMilliseconds) },
    },
  };
}

/** What a control of a form sends; null: that is no such time. */
function localOf(text: string): Temporal.PlainDateTime | null {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/.test(text)) return null;
  try {
    return Temporal.PlainDateTime.from(text, { overflow: "reject" });
  } catch {
    return null;
  }
}
