import { expect, it } from "vitest";
import { backoffMs } from "./backoff.ts";

const bounds = { baseMs: 2000, maxMs: 3_600_000 };

it("doubles from try to try, and stops doubling at the longest", () => {
  const latest = (attempt: number) => backoffMs(attempt, bounds, () => 1);
  expect([1, 2, 3, 11].map(latest)).toEqual([2000, 4000, 8000, 2_048_000]);
  expect([12, 40, 5000].map(latest)).toEqual([3_600_000, 3_600_000, 3_600_000]);
});

it("spreads by half, so that what failed together does not come back together", () => {
  expect(backoffMs(3, bounds, () => 0)).toBe(4000);
  const all = Array.from({ length: 200 }, () => backoffMs(3, bounds, Math.random));
  expect(Math.max(...all) - Math.min(...all)).toBeGreaterThan(2000);
});

it("gives twelve tries a little over an hour", () => {
  const waits = Array.from({ length: 11 }, (_, index) => backoffMs(index + 1, bounds, () => 1));
  expect(waits.reduce((sum, ms) => sum + ms, 0) / 60_000).toBeCloseTo(68.2, 1);
});
