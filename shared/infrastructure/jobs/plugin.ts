import plugin from "fastify-plugin";
import { counter, gauge, type Metric } from "../metrics/index.ts";
import type { Runtime } from "../runtime.ts";
import { JobFigures } from "./figures.ts";
import { type RunningJobs, startJobs } from "./start-jobs.ts";
import { TIMETABLE } from "./timetable.ts";

/** Let the first visitors be served before anything is swept. */
const AFTER_MS = 5000;

/** Has this app's processes keep the timetable, from a few seconds after they serve. One app of the six is enough. */
export const jobs = plugin<{ runtime: Runtime }>(async (app, { runtime }) => {
  const figures = new JobFigures(TIMETABLE);
  app.metricGroups.push({ name: "jobs", read: () => metricsOf(figures) });
  let running: RunningJobs | null = null;
  let timer: NodeJS.Timeout | undefined;
  app.whenServing.push(() => {
    const parts = { services: app.services, transaction: app.transaction, runtime };
    timer = setTimeout(() => {
      running = startJobs(TIMETABLE.map(figures.watch), parts, app.log);
    }, AFTER_MS);
  });
  let stopped: Promise<void> | undefined;
  app.addHook("preClose", async () => {
    clearTimeout(timer);
    stopped = running?.stop(); // while the last requests are answered
  });
  app.addHook("onClose", () => stopped);
});

function metricsOf(figures: JobFigures): Metric[] {
  const jobs = figures.list();
  return [
    counter(
      "scheduled_jobs_total",
      "What this process did of the timetable.",
      jobs.flatMap(({ name, done, failed }) => [
        [{ name, outcome: "done" }, done] as const,
        [{ name, outcome: "failed" }, failed] as const,
      ]),
    ),
    gauge(
      "scheduled_job_last_done_timestamp_seconds",
      "When this process last did it; before the first time when it began to keep the timetable. The newest of all processes counts.",
      jobs.map(({ name, lastDoneAt }) => [{ name }, lastDoneAt / 1000]),
    ),
    gauge(
      "scheduled_job_last_duration_seconds",
      "How long it took then.",
      jobs.flatMap(({ name, tookMs }) => (tookMs === null ? [] : [[{ name }, tookMs / 1000] as const])),
    ),
  ];
}
