import type { CalendarId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";

export const number = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);

/** A calendar's id in an address; the pattern keeps everything else from being found. */
export const CALENDAR_PATH = "/admin/calendars/:id(^[1-9]\\d{0,14}$)";
export const calendarParams = z.object({ id: number.transform((id) => id as CalendarId) });
export type CalendarParams = z.output<typeof calendarParams>;

/** A line of text as somebody typed it. */
export const typed = z
  .string()
  .catch("")
  .default("")
  .transform((text) => text.replaceAll("\u0000", "").trim());
