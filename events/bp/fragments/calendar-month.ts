import { defineFragment } from "@rose-ash/shared/infrastructure/fragments/index.ts";
import { z } from "zod";

const params = z.object({
  /** The slug of the one calendar to show. */
  calendar: z
    .string()
    .regex(/^[a-z0-9-]{1,100}$/)
    .optional(),
  month: z
    .string()
    .regex(/^\d{4}-\d\d$/)
    .optional(),
});

/** A month as a table; the present one, where none is named. Turning leads to the calendar itself. */
export const calendarMonth = defineFragment({
  type: "calendar-month",
  params,
  async render({ services: { events }, params: { calendar, month } }) {
    return { template: "fragments/calendar-month.html", context: { month: await events.getMonth(calendar ?? null, month ?? null) } };
  },
});
