import type { BookPeriod } from "@rose-ash/shared/contracts/books.ts";
import { z } from "zod";

const MERCHANT = /^[A-Za-z0-9_-]{1,40}$/;
const day = z.iso.date().refine((value) => value >= "2000" && value < "2100");

/** What of a period is asked for by a page: what is wrong or left out is said by default. */
export const periodQuery = z.object({
  from: day.optional().catch(undefined),
  until: day.optional().catch(undefined),
  merchant: z.string().regex(MERCHANT).optional().catch(undefined),
});
export type PeriodQuery = z.output<typeof periodQuery>;

/** Of a file, which has a name that says what is in it, nothing is guessed. An empty merchant is all of them. */
export const filePeriod = z
  .object({ from: day, until: day, merchant: z.union([z.literal(""), z.string().regex(MERCHANT)]).default("") })
  .refine(({ from, until }) => from <= until);
export type FilePeriod = z.output<typeof filePeriod>;

/** The month that it is, or what was asked for; ends that come before their beginning are turned. */
export function periodOf(
  { from, until, merchant = null }: Omit<PeriodQuery, "merchant"> & { merchant?: string | null | undefined },
  now: Date,
  timeZone: string,
): BookPeriod {
  const today = new Intl.DateTimeFormat("en-CA", { timeZone }).format(now); // 2026-11-27
  const days = [from ?? `${today.slice(0, 7)}-01`, until ?? today].toSorted();
  return { from: days[0] ?? today, until: days[1] ?? today, merchant };
}

export function bookPeriodOf({ from, until, merchant }: FilePeriod): BookPeriod {
  return { from, until, merchant: merchant === "" ? null : merchant };
}

/** Of a file: "sales-2026-11-01-2026-11-30-MCOOP". */
export function fileName(what: string, { from, until, merchant }: BookPeriod): string {
  return [what, from, until, ...(merchant === null ? [] : [merchant])].join("-");
}
