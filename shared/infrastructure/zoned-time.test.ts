import { describe, expect, it } from "vitest";
import { instantOf, readLocal, wallClockOf, writeLocal } from "./zoned-time.ts";

const LONDON = "Europe/London";
const at = (year: number, month: number, day: number, hour: number, minute = 0) => ({ year, month, day, hour, minute });

describe("instantOf, in London", () => {
  it.each([
    ["winter", at(2026, 1, 15, 18, 30), "2026-01-15T18:30:00.000Z"],
    ["summer", at(2026, 7, 15, 18, 30), "2026-07-15T17:30:00.000Z"],
    ["the evening before clocks go forward", at(2026, 3, 28, 23), "2026-03-28T23:00:00.000Z"],
    ["the morning they have gone forward", at(2026, 3, 29, 9), "2026-03-29T08:00:00.000Z"],
    ["a reading that is skipped", at(2026, 3, 29, 1, 30), "2026-03-29T01:30:00.000Z"],
    ["the night clocks go back, before", at(2026, 10, 25, 0, 30), "2026-10-24T23:30:00.000Z"],
    ["a reading that comes twice", at(2026, 10, 25, 1, 30), "2026-10-25T00:30:00.000Z"],
    ["the morning they have gone back", at(2026, 10, 25, 9), "2026-10-25T09:00:00.000Z"],
  ])("%s", (_, wall, expected) => {
    expect(instantOf(wall, LONDON).toISOString()).toBe(expected);
  });

  it("makes the day clocks go back 25 hours long", () => {
    const [midnight, next] = [instantOf(at(2026, 10, 25, 0), LONDON), instantOf(at(2026, 10, 26, 0), LONDON)];
    expect((next.getTime() - midnight.getTime()) / 3_600_000).toBe(25);
  });
});

describe("instantOf, elsewhere", () => {
  it("knows zones half a day and half an hour away", () => {
    expect(instantOf(at(2026, 1, 1, 12), "Pacific/Auckland").toISOString()).toBe("2025-12-31T23:00:00.000Z");
    expect(instantOf(at(2026, 1, 1, 12), "Asia/Kolkata").toISOString()).toBe("2026-01-01T06:30:00.000Z");
  });
});

describe("wallClockOf", () => {
  it("reads back what instantOf was given, every hour of a year", () => {
    for (let hour = 0; hour < 365 * 24; hour += 1) {
      const instant = new Date(Date.UTC(2026, 0, 1, hour));
      const again = instantOf(wallClockOf(instant, LONDON), LONDON);
      const isSecondOfTwo = instant.toISOString() === "2026-10-25T01:00:00.000Z";
      expect(again.getTime()).toBe(instant.getTime() - (isSecondOfTwo ? 3_600_000 : 0));
    }
  });
});

describe("the time of a form", () => {
  it("is read by the zone's clock, and written as it was read", () => {
    expect(readLocal("2026-12-24T18:00", "Europe/London")).toEqual(new Date("2026-12-24T18:00:00Z"));
    expect(readLocal("2026-07-24T18:00:30", "Europe/London")).toEqual(new Date("2026-07-24T17:00:00Z"));
    expect(writeLocal(new Date("2026-07-24T17:00:00Z"), "Europe/London")).toBe("2026-07-24T18:00");
  });

  it.each(["", "tomorrow", "2026-02-30T10:00", "2026-13-01T10:00", "2026-01-01T25:00", "2026-01-01 10:00", "0000-01-01T00:00"])(
    "is none when it says %j",
    (text) => {
      expect(readLocal(text, "Europe/London")).toBeNull();
    },
  );
});
