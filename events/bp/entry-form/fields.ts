import type { DraftError, EntryDraft, OpenCalendar, RoomClash } from "@rose-ash/shared/contracts/calendar-desk.ts";
import type { MediaItem } from "@rose-ash/shared/contracts/media.ts";
import { addDays } from "@rose-ash/shared/infrastructure/zoned-time.ts";
import type { MediaId, RoomId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";
import { fieldsOf, linesOf } from "./repeat.ts";

/** All of a form, as it came. */
export const anyForm = z.record(z.string(), z.string().catch(""));
export type AnyForm = z.output<typeof anyForm>;

/** A field as it was typed, without what no text can hold; browsers send lines with CRLF. */
export const typed = (form: AnyForm, name: string) => (form[name] ?? "").replaceAll("\u0000", "").replaceAll("\r\n", "\n").trim();

/** What a form says. Ends are days that are included; where none is named, it ends on the day it starts. */
export function draftOf(form: AnyForm, zoneOfCalendar: string, pictureId: MediaId | null): EntryDraft {
  const isAllDay = form["isAllDay"] === "yes";
  const zone = typed(form, "zone") || zoneOfCalendar;
  const startsOn = typed(form, "startsOn");
  const endsOn = typed(form, "endsOn") || startsOn;
  const startsLocal = `${startsOn}T${isAllDay ? "00:00" : typed(form, "startsTime")}`;
  const endsLocal = isAllDay ? `${addDays(endsOn, 1)}T00:00` : `${endsOn}T${typed(form, "endsTime")}`;
  const repeat = {
    ...{ repeat: typed(form, "repeat"), untilOn: typed(form, "untilOn"), times: typed(form, "times"), rule: typed(form, "rule") },
    ...{ extraDates: typed(form, "extraDates"), exceptDates: typed(form, "exceptDates") },
  };
  const room = Number(typed(form, "roomId"));
  return {
    ...{ title: typed(form, "title"), summary: typed(form, "summary"), text: typed(form, "text"), place: typed(form, "place") },
    ...{ onlineUrl: typed(form, "onlineUrl"), pictureId, roomId: Number.isSafeInteger(room) && room > 0 ? (room as RoomId) : null },
    tags: typed(form, "tags")
      .split(",")
      .map((tag) => tag.trim().toLowerCase())
      .filter((tag) => tag !== ""),
    ...{ zone, isAllDay, startsLocal, endsLocal, recurrence: linesOf(repeat, { startsLocal, zone, isAllDay }) },
  };
}

/** What a form shows of a draft. */
export function formOf(draft: EntryDraft): AnyForm {
  const { title, summary, text, place, onlineUrl, roomId, pictureId, tags, zone, isAllDay, startsLocal, endsLocal, recurrence } = draft;
  const [startsOn = "", startsTime = ""] = startsLocal.split("T");
  const [endsOn = "", endsTime = ""] = endsLocal.split("T");
  return {
    ...{
      title,
      summary,
      text,
      place,
      onlineUrl,
      zone,
      tags: tags.join(", "),
      pictureId: String(pictureId ?? ""),
      roomId: roomId === null ? "" : String(roomId),
    },
    ...{ isAllDay: isAllDay ? "yes" : "", startsOn, startsTime: isAllDay ? "" : startsTime.slice(0, 5) },
    ...{ endsOn: isAllDay ? addDays(endsOn, -1) : endsOn, endsTime: isAllDay ? "" : endsTime.slice(0, 5) },
    ...fieldsOf(recurrence, { startsLocal, zone, isAllDay }),
  };
}

/** Fields of a draft whose control has another name. */
const CONTROLS: Partial<Record<keyof EntryDraft, string>> = { startsLocal: "startsOn", endsLocal: "endsOn", recurrence: "repeat" };

/** What was wrong, by the controls that the form has. */
function formErrors(errors: readonly DraftError[]) {
  return errors.map(({ field, message }) => ({ field: CONTROLS[field] ?? field, message }));
}

const REPEAT_WORDS = [
  ["none", "Only once"],
  ["daily", "Every day"],
  ["workdays", "From Monday to Friday"],
  ["weekly", "Every week on that day"],
  ["fortnightly", "Every second week on that day"],
  ["monthly-day", "Every month on that date"],
  ["monthly-weekday", "Every month on that weekday, as the second Sunday"],
  ["monthly-last", "Every month on the last such weekday"],
  ["yearly", "Every year"],
  ["own", "By a rule of its own"],
] as const;

/** hasRepeat: it is about more than one time. problems: with what is no part of a draft. pictures: to choose from. */
interface AroundForm {
  readonly calendar: OpenCalendar;
  readonly errors: readonly DraftError[];
  readonly problems: readonly { readonly field: string; readonly message: string }[];
  readonly clashes: readonly RoomClash[];
  readonly hasRepeat: boolean;
  readonly pictures: readonly MediaItem[];
}

/** What the form needs beside what is in it. */
export function formContext(form: AnyForm, { calendar, errors, problems, clashes, hasRepeat, pictures }: AroundForm) {
  const shown = [...formErrors(errors), ...problems];
  return {
    ...{
      form,
      calendar,
      clashes,
      hasRepeat,
      pictures,
      pictureId: Number(form["pictureId"]) || 0,
      errors: shown,
      messages: Object.fromEntries(shown.map(({ field, message }) => [field, message])),
    },
    rooms: [{ value: "", label: "None of our rooms" }, ...calendar.rooms.map(({ id, name }) => ({ value: String(id), label: name }))],
    repeats: REPEAT_WORDS.map(([value, label]) => ({ value, label })),
    zones: Intl.supportedValuesOf("timeZone"),
  };
}
