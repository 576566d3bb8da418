import { describe, expect, it } from "vitest";
import { dayIn, monthGrid } from "./month-grid.ts";

describe("the grid of a month", () => {
  it("goes in whole weeks from a Monday to a Sunday", () => {
    const grid = monthGrid("2026-11");
    expect(grid).toMatchObject({
      label: "November 2026",
      previous: "2026-10",
      next: "2026-12",
      firstOn: "2026-10-26",
      lastOn: "2026-12-06",
    });
    expect(grid?.weeks.map((week) => week.length)).toEqual([7, 7, 7, 7, 7, 7]);
    expect(grid?.weeks[0]?.map(({ day, isInMonth }) => (isInMonth ? day : -day))).toEqual([-26, -27, -28, -29, -30, -31, 1]);
  });

  it("has four weeks when a February begins on a Monday, and knows leap years", () => {
    expect(monthGrid("2027-02")?.weeks).toHaveLength(4);
    expect(
      monthGrid("2028-02")
        ?.weeks.flat()
        .some(({ on }) => on === "2028-02-29"),
    ).toBe(true);
  });

  it("has every day once in the months in which the clocks change", () => {
    for (const month of ["2026-03", "2026-10"]) {
      const days =
        monthGrid(month)
          ?.weeks.flat()
          .map(({ on }) => on) ?? [];
      expect(new Set(days).size).toBe(days.length);
      expect(days.filter((on) => on.startsWith(month))).toHaveLength(31);
    }
  });

  it("crosses the year", () => {
    expect(monthGrid("2026-12")).toMatchObject({ next: "2027-01" });
    expect(monthGrid("2027-01")).toMatchObject({ previous: "2026-12" });
  });

  it.each(["2026-13", "2026-00", "9999-99", "9999-12", "1999-12", "2026-1", "2026-11-01", "", "abcd-ef", "2026-11\n", "../../etc"])(
    "is none for %j",
    (month) => {
      expect(monthGrid(month)).toBeNull();
    },
  );

  it("ends at the ends of the century instead of leading to nowhere", () => {
    expect(monthGrid("2000-01")?.previous).toBe("2000-01");
    expect(monthGrid("2099-12")?.next).toBe("2099-12");
  });
});

describe("the day in a zone", () => {
  it.each([
    ["2026-03-29T00:30:00Z", "2026-03-29"], // half an hour before the clocks go forward
    ["2026-03-29T22:59:00Z", "2026-03-29"], // 23:59 in summer time
    ["2026-03-29T23:00:00Z", "2026-03-30"],
    ["2026-10-24T23:00:00Z", "2026-10-25"],
    ["2026-10-25T23:59:00Z", "2026-10-25"], // 23:59 in winter time: this day had 25 hours
    ["2026-10-26T00:00:00Z", "2026-10-26"],
  ])("at %s it is %s in London", (at, on) => {
    expect(dayIn("Europe/London", new Date(at))).toBe(on);
  });
});
