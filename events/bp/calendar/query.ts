import type { EntryFilter } from "@rose-ash/shared/contracts/events.ts";
import { z } from "zod";

export const VIEWS = ["month", "week", "day", "agenda"] as const;
export type View = (typeof VIEWS)[number];

/** Which days and what of them. month: YYYY-MM; on: YYYY-MM-DD. */
export const calendarQuery = z.object({
  view: z.enum(VIEWS).catch("month").default("month"),
  month: z.string().optional(),
  on: z.string().optional(),
  room: z.string().max(100).optional(),
  tag: z.string().max(100).optional(),
  price: z.string().max(20).optional(),
  q: z.string().max(200).optional(),
});
export type CalendarQuery = z.output<typeof calendarQuery>;

/** What of the entries is wanted. */
export function filterOf({ room, tag, price, q }: CalendarQuery): EntryFilter {
  const plain = (text: string | undefined) => text?.replaceAll("\u0000", "").trim() || null;
  return { room: plain(room), tag: plain(tag), price: price === "free" || price === "tickets" ? price : null, words: plain(q) ?? "" };
}

/** An address of the calendars with a query; what says nothing is left out. */
export function addressOf(path: string, query: Partial<Record<keyof CalendarQuery, string | null | undefined>>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value && !(name === "view" && value === "month")) params.set(name, value);
  const text = params.toString();
  return text === "" ? path : `${path}?${text}`;
}
