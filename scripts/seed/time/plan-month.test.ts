import { describe, expect, it } from "vitest";
import { ENTRIES, ZONE } from "../content/calendar.ts";
import { daysOf, monthAfter } from "./month.ts";
import { planMonth } from "./plan-month.ts";

const plan = (year: number, month: number) => planMonth(ENTRIES, { year, month }, ZONE);
const startOf = (year: number, month: number, slug: string) =>
  plan(year, month)
    .find((entry) => entry.slug === slug)
    ?.startsAt.toISOString();

describe("daysOf", () => {
  it("finds weekdays by week, the last one too", () => {
    const november = { year: 2026, month: 11 };
    expect(daysOf(november, 7, ["every"])).toEqual([1, 8, 15, 22, 29]);
    expect(daysOf(november, 7, [2, "last"])).toEqual([8, 29]);
    expect(daysOf(november, 3, [4, "last"])).toEqual([25]);
    expect(daysOf({ year: 2028, month: 2 }, 2, ["last"])).toEqual([29]);
  });

  it("goes from December to January", () => {
    expect(monthAfter({ year: 2026, month: 12 })).toEqual({ year: 2027, month: 1 });
  });
});

describe("planMonth", () => {
  it("keeps the hour on the wall when the clocks change within the month", () => {
    expect(startOf(2026, 3, "choir-2026-03-25")).toBe("2026-03-25T19:30:00.000Z");
    expect(startOf(2026, 4, "choir-2026-04-01")).toBe("2026-04-01T18:30:00.000Z");
    expect(startOf(2026, 10, "choir-2026-10-21")).toBe("2026-10-21T18:30:00.000Z");
    expect(startOf(2026, 10, "choir-2026-10-28")).toBe("2026-10-28T19:30:00.000Z");
  });

  it("makes all-day entries from midnight to midnight in London", () => {
    const woodDay = plan(2026, 7).find((entry) => entry.slug === "wood-day-2026-07-05");
    expect(woodDay?.isAllDay).toBe(true);
    expect(woodDay?.startsAt.toISOString()).toBe("2026-07-04T23:00:00.000Z");
    expect(woodDay?.endsAt.toISOString()).toBe("2026-07-05T23:00:00.000Z");
  });

  it("fills any month with 20 to 28 entries, in order, each with a slug of its own", () => {
    for (let year = 2026; year < 2032; year += 1) {
      for (let month = 1; month <= 12; month += 1) {
        const entries = plan(year, month);
        expect(entries.length).toBeGreaterThanOrEqual(20);
        expect(entries.length).toBeLessThanOrEqual(28);
        expect(new Set(entries.map((entry) => entry.slug)).size).toBe(entries.length);
        for (const entry of entries) expect(entry.endsAt > entry.startsAt).toBe(true);
      }
    }
  });
});
