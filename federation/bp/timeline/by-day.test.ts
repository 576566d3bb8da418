import { expect, it } from "vitest";
import { byDay } from "./by-day.ts";

it("puts lines together by the day of the zone, also when the clocks change", () => {
  const at = (instant: string) => ({ publishedAt: new Date(instant) });
  const late = at("2026-10-26T00:00:00Z");
  const night = at("2026-10-25T23:59:00Z");
  const dawn = at("2026-10-24T23:00:00Z");
  expect(byDay([late, night, dawn], "Europe/London")).toEqual([
    { on: "2026-10-26", activities: [late] },
    { on: "2026-10-25", activities: [night, dawn] },
  ]);
});
