import { describe, expect, it } from "vitest";
import { lastTime, nextTime } from "./cron.ts";

const at = (text: string) => new Date(`${text}:00Z`);
const YEAR = 400 * 24 * 3_600_000;

describe("the next time that a supplier's file names", () => {
  it.each([
    ["30 4 * * *", "2026-11-27T04:29", "2026-11-27T04:30"],
    ["30 4 * * *", "2026-11-27T04:30", "2026-11-28T04:30"],
    ["*/15 * * * *", "2026-11-27T23:46", "2026-11-28T00:00"],
    ["0 4 * * 1-5", "2026-11-27T12:00", "2026-11-30T04:00"],
    ["0 0 1 * 0", "2026-11-27T12:00", "2026-11-29T00:00"], // the first, or a Sunday
    ["0 0 31 12 *", "2026-12-31T00:00", "2027-12-31T00:00"],
    ["0 0 29 2 *", "2026-11-27T12:00", "2028-02-29T00:00"],
  ])("of %s after %s", (text, now, next) => {
    expect(nextTime(text, at(now))).toEqual(at(next));
    expect(lastTime(text, new Date(at(next).getTime() - YEAR), at(next))).toEqual(at(next));
  });

  it("is none where there is no such day", () => {
    expect(nextTime("0 0 31 2 *", at("2026-11-27T12:00"))).toBeNull();
  });
});
