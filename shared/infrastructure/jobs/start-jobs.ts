import type { FastifyBaseLogger } from "fastify";
import type { PgBoss } from "pg-boss";
import type { Job, JobParts } from "./job.ts";

/** Looks, in seconds: for work to do, and for times that have come. A minute is as exact as cron is. */
const LOOK_SECONDS = 15;

/** Two days of what was done stay, to be looked at. */
const KEEP_SECONDS = 2 * 24 * 3600;

export interface RunningJobs {
  /** Waits for what is under way: eight seconds at most, then it counts as failed and is done again elsewhere. */
  stop(): Promise<void>;
}

/**
 * Keeps a timetable by pg-boss: however many processes do so, each time that comes makes one job, and one of them does it.
 * A job that fails is tried three times more; one that its process did not live to end, after a quarter of an hour.
 * What a release no longer lists stays scheduled, as the one before it may still run: nobody works on it.
 */
export async function startJobs(
  jobs: readonly Job[],
  parts: JobParts,
  log: Pick<FastifyBaseLogger, "warn" | "info">,
  lookSeconds = LOOK_SECONDS,
): Promise<RunningJobs> {
  const { PgBoss } = await import("pg-boss"); // megabytes that only a process with jobs needs
  const boss = new PgBoss({
    connectionString: parts.runtime.config.DATABASE_URL,
    application_name: "rose-ash jobs",
    max: 1,
    migrate: false,
    cronWorkerIntervalSeconds: lookSeconds,
    cronMonitorIntervalSeconds: lookSeconds,
  });
  boss.on("error", (error) => log.warn({ err: error }, "scheduled work was disturbed; it goes on by itself"));
  const stop = () => boss.stop({ timeout: 8000 });
  try {
    await boss.start({ attempts: 10 });
    for (const job of jobs) await keep(boss, job, parts, log, lookSeconds);
  } catch (error) {
    await stop();
    throw error;
  }
  return { stop };
}

async function keep(boss: PgBoss, job: Job, parts: JobParts, log: Pick<FastifyBaseLogger, "info">, lookSeconds: number): Promise<void> {
  const { name, cron, run } = job;
  const retries = { retryLimit: 3, retryDelay: 30, retryBackoff: true, expireInSeconds: 900, deleteAfterSeconds: KEEP_SECONDS };
  await boss.createQueue(name, { policy: "exclusive", ...retries });
  await boss.schedule(name, cron, null, { tz: "UTC" });
  await boss.work(name, { pollingIntervalSeconds: lookSeconds }, async () => {
    const began = performance.now();
    await run(parts);
    log.info({ job: name, tookMs: Math.round(performance.now() - began) }, "a scheduled job is done");
  });
}
