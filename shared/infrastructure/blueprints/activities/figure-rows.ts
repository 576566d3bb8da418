import type { AppActivities } from "../../activities/index.ts";

/** The figures of this process's handlers as text for a table; a handler that has not worked yet has no times. */
export function figureRows(figures: ReturnType<AppActivities["figures"]>): Record<string, string>[] {
  return figures.map(({ handler, done, failed, dead, lost, p50Ms, p99Ms, lagP50Ms, lagP99Ms }) => ({
    handler,
    ...{ done: String(done), failed: String(failed), dead: String(dead), lost: String(lost) },
    took: `${inMs(p50Ms)} / ${inMs(p99Ms)}`,
    lag: `${inMs(lagP50Ms)} / ${inMs(lagP99Ms)}`,
  }));
}

function inMs(ms: number): string {
  return Number.isNaN(ms) ? "–" : `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
}
