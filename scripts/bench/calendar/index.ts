import type { Platform } from "../../platform.ts";
import { bodyOf, loadOf, measureKept, onPlatform, pin, RUNS } from "../site.ts";
import type { Row } from "../table.ts";
import { BENCH_MONTH, fillCalendar, TIMES } from "./fill.ts";
import { lastPlaces } from "./last-places.ts";
import { rules } from "./rules.ts";

const GOAL_MS = 80;
const PAGE = {
  app: "events",
  path: `/calendars/bench?month=${BENCH_MONTH}`,
  what: `events, a month of ${TIMES.toLocaleString("en-GB")} times`,
} as const;

/** A month of five thousand times, made anew and kept; rules that nobody should write, and those that others test with. */
export async function calendar(): Promise<Row[]> {
  const anew = await onPlatform("off", async (platform) => {
    await fillCalendar(platform.databaseUrl);
    return [await measureAnew(platform), ...(await lastPlaces(platform))];
  });
  const kept = await onPlatform("on", async (platform) => {
    await fillCalendar(platform.databaseUrl);
    return [await measureKept(platform, PAGE)];
  });
  return [...anew, ...kept, ...rules()];
}

async function measureAnew(platform: Platform): Promise<Row> {
  pin(platform.pidOf("events"));
  const ask = () => bodyOf(loadOf(platform, PAGE));
  for (let visit = 0; visit < 10; visit++) await ask();
  const times: number[] = [];
  for (let visit = 0; visit < 40 * RUNS; visit++) {
    const began = performance.now();
    await ask();
    times.push(performance.now() - began);
  }
  const ours = times.sort((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? Number.NaN;
  const what = `${PAGE.what} (guest, no page cache, one after the other, p95 of ${times.length})`;
  return { what, ours, unit: "ms", peer: null, goal: `< ${GOAL_MS} ms`, ok: ours < GOAL_MS };
}
