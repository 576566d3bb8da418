import { describe, expect, it } from "vitest";
import type { OpeningTimes, OpenPeriod } from "../../contracts/places.ts";
import { dayAt, daysFrom, openingAt } from "./opening.ts";

const LONDON = "Europe/London";
const at = (opens: string, closes: string): OpenPeriod => ({ opensMinute: minutes(opens), closesMinute: minutes(closes) });
const on = (weekday: number, opens: string, closes: string) => ({ weekday, ...at(opens, closes) });
const daily = (opens: string, closes: string) => [1, 2, 3, 4, 5, 6, 7].map((weekday) => on(weekday, opens, closes));

function minutes(clock: string): number {
  const [hour = 0, minute = 0] = clock.split(":").map(Number);
  return hour * 60 + minute;
}

/** "open 17:00Z" until then, or "closed" until it opens; "always" when nothing will change. */
function state(times: Partial<OpeningTimes>, now: string): string {
  const { isOpen, changesAt } = openingAt({ zone: LONDON, week: [], exceptions: [], ...times }, new Date(now));
  return `${isOpen ? "open" : "closed"} ${changesAt?.toISOString().slice(0, 16) ?? "always"}`;
}

describe("a place with the same hours every week", () => {
  const week = [on(2, "9:00", "13:00"), on(2, "14:00", "18:00"), on(6, "9:00", "12:30")];

  it.each([
    ["2026-12-01T08:59:59Z", "closed 2026-12-01T09:00"],
    ["2026-12-01T09:00:00Z", "open 2026-12-01T13:00"],
    ["2026-12-01T12:59:59Z", "open 2026-12-01T13:00"],
    ["2026-12-01T13:00:00Z", "closed 2026-12-01T14:00"],
    ["2026-12-01T18:00:00Z", "closed 2026-12-05T09:00"],
    ["2026-12-05T12:30:00Z", "closed 2026-12-08T09:00"],
  ])("is at %s %s", (now, expected) => {
    expect(state({ week }, now)).toBe(expected);
  });

  it("keeps the hours on its door in summer and in winter", () => {
    expect(state({ week }, "2026-07-07T07:59:59Z")).toBe("closed 2026-07-07T08:00");
    expect(state({ week }, "2026-07-07T08:00:00Z")).toBe("open 2026-07-07T12:00");
  });

  it("lives by its own zone's day, not by ours", () => {
    const auckland = { zone: "Pacific/Auckland", week };
    expect(state(auckland, "2026-11-30T19:59:59Z")).toBe("closed 2026-11-30T20:00"); // 8:59 on Tuesday there
    expect(state(auckland, "2026-11-30T20:00:00Z")).toBe("open 2026-12-01T00:00");
    expect(dayAt({ ...auckland, exceptions: [] }, new Date("2026-11-30T19:00:00Z")).on).toBe("2026-12-01");
  });
});

describe("a change of clocks", () => {
  it("in spring shortens what is open through it, and opens by the new time", () => {
    expect(state({ week: daily("0:30", "3:00") }, "2026-03-29T00:30:00Z")).toBe("open 2026-03-29T02:00"); // 3:00 BST
    expect(state({ week: daily("9:00", "17:00") }, "2026-03-29T07:59:00Z")).toBe("closed 2026-03-29T08:00");
    expect(state({ week: daily("9:00", "17:00") }, "2026-03-28T17:00:00Z")).toBe("closed 2026-03-29T08:00");
  });

  it("in spring leaves out hours that do not exist", () => {
    expect(state({ week: [on(7, "1:00", "2:00"), on(7, "12:00", "13:00")] }, "2026-03-29T00:00:00Z")).toBe("closed 2026-03-29T11:00");
  });

  it("in autumn lengthens what is open through it", () => {
    const week = daily("0:00", "3:00");
    expect(state({ week }, "2026-10-25T00:30:00Z")).toBe("open 2026-10-25T03:00"); // 1:30 for the first time
    expect(state({ week }, "2026-10-25T01:30:00Z")).toBe("open 2026-10-25T03:00"); // and for the second
    expect(state({ week: daily("9:00", "17:00") }, "2026-10-25T08:30:00Z")).toBe("closed 2026-10-25T09:00");
  });

  it("is at midnight somewhere, and the day begins all the same", () => {
    // Beirut's clocks go from 0:00 to 1:00 on the last Sunday of March
    const beirut = { zone: "Asia/Beirut", week: daily("0:00", "2:00") };
    expect(state(beirut, "2026-03-28T22:30:00Z")).toBe("open 2026-03-28T23:00");
  });
});

describe("hours over midnight", () => {
  const bar = [on(5, "18:00", "26:00"), on(6, "18:00", "24:00"), on(7, "0:00", "1:00")];

  it("belong to the evening before, and what touches is one", () => {
    expect(state({ week: bar }, "2026-12-05T01:59:00Z")).toBe("open 2026-12-05T02:00");
    expect(state({ week: bar }, "2026-12-05T02:00:00Z")).toBe("closed 2026-12-05T18:00");
    expect(state({ week: bar }, "2026-12-05T23:00:00Z")).toBe("open 2026-12-06T01:00");
  });

  it("are not cut off by a day that is closed", () => {
    const exceptions = [{ day: "2026-12-05", note: "", hours: [] }];
    expect(state({ week: bar, exceptions }, "2026-12-05T01:00:00Z")).toBe("open 2026-12-05T02:00");
    expect(state({ week: bar, exceptions }, "2026-12-05T20:00:00Z")).toBe("closed 2026-12-06T00:00");
  });
});

describe("an exception", () => {
  const week = daily("9:00", "17:00");
  const exceptions = [
    { day: "2026-12-24", note: "Christmas Eve", hours: [at("9:00", "12:00")] },
    { day: "2026-12-25", note: "Christmas Day", hours: [] },
    { day: "2026-12-26", note: "", hours: [] },
  ];

  it("stands for the whole of its day", () => {
    expect(state({ week, exceptions }, "2026-12-24T11:00:00Z")).toBe("open 2026-12-24T12:00");
    expect(state({ week, exceptions }, "2026-12-24T12:00:00Z")).toBe("closed 2026-12-27T09:00");
    expect(openingAt({ zone: LONDON, week, exceptions }, new Date("2026-12-25T11:00:00Z"))).toMatchObject({ note: "Christmas Day" });
  });

  it("shows among the days of a week", () => {
    const days = daysFrom({ zone: LONDON, week, exceptions }, new Date("2026-12-23T12:00:00Z"), 3);
    expect(days.map((day) => [day.on, day.hours.length, day.isException])).toEqual([
      ["2026-12-23", 1, false],
      ["2026-12-24", 1, true],
      ["2026-12-25", 0, true],
    ]);
  });

  it("is all there is for a place that opens on some days only", () => {
    const fair = { exceptions: [{ day: "2026-12-12", note: "", hours: [at("10:00", "16:00")] }] };
    expect(state(fair, "2026-11-27T12:00:00Z")).toBe("closed 2026-12-12T10:00");
    expect(state(fair, "2026-12-12T16:00:00Z")).toBe("closed always");
  });
});

describe("a place that never changes", () => {
  it("is always open, or always closed", () => {
    expect(state({ week: daily("0:00", "24:00") }, "2026-11-27T12:00:00Z")).toBe("open always");
    expect(state({}, "2026-11-27T12:00:00Z")).toBe("closed always");
  });

  it("says when it opens after a long time of closing", () => {
    const closed = Array.from({ length: 120 }, (_, n) => new Date(Date.UTC(2026, 10, 27 + n)).toISOString().slice(0, 10));
    const exceptions = closed.map((day) => ({ day, note: "", hours: [] }));
    expect(state({ week: daily("9:00", "17:00"), exceptions }, "2026-11-27T12:00:00Z")).toBe("closed 2027-03-27T09:00");
  });
});

it("is not good for longer than the day at the place: tomorrow is then today", () => {
  const times = { zone: LONDON, week: [on(1, "9:00", "17:00")], exceptions: [] };
  expect(openingAt(times, new Date("2026-11-27T12:00:00Z")).goodUntil.toISOString()).toBe("2026-11-28T00:00:00.000Z");
  expect(openingAt(times, new Date("2026-11-30T12:00:00Z")).goodUntil.toISOString()).toBe("2026-11-30T17:00:00.000Z");
  expect(openingAt(times, new Date("2026-07-01T22:59:59Z")).goodUntil.toISOString()).toBe("2026-07-01T23:00:00.000Z"); // midnight, BST
});
