import type { PgBoss } from "pg-boss";
import type { Job, JobParts } from "./job.ts";

/** Looks, in seconds: for work to do, and for times that have come. A minute is as exact as cron is. */
const LOOK_SECONDS = 15;

/** Two days of what was done stay, to be looked at. */
const KEEP_SECONDS = 2 * 24 * 3600;

const STOP_MS = 8000;

type JobLog = Record<"info" | "warn" | "error", (context: object, message: string) => void>;

export interface RunningJobs {
  /** Waits for what is under way: eight seconds at most, then it counts as failed and is done again elsewhere. */
  stop(): Promise<void>;
}

/**
 * Keeps a timetable by pg-boss: however many processes do so, each time that comes makes one job, and one of them does it.
 * A job that fails is tried three times more; one that its process did not live to end, after a quarter of an hour.
 * What a release no longer lists stays scheduled, as the one before it may still run: nobody works on it.
 */
export function startJobs(jobs: readonly Job[], parts: JobParts, log: JobLog, lookSeconds = LOOK_SECONDS): RunningJobs {
  let boss: PgBoss | null = null;
  let isStopping = false;
  const started = (async () => {
    const opened = await openBoss(parts.runtime.config.DATABASE_URL, log, lookSeconds);
    if (isStopping) return;
    boss = opened;
    await boss.start({ attempts: 10 });
    for (const job of jobs) await keep(boss, job, parts, log, lookSeconds);
  })().catch((error: unknown) => {
    if (!isStopping) log.error({ err: error }, "no scheduled work is done by this process");
  });
  return {
    async stop() {
      isStopping = true;
      await boss?.stop({ timeout: STOP_MS });
      await started;
    },
  };
}

/** Loads pg-boss: megabytes that only a process with jobs needs. */
async function openBoss(connectionString: string, log: JobLog, lookSeconds: number): Promise<PgBoss> {
  const { PgBoss } = await import("pg-boss");
  const boss = new PgBoss({
    connectionString,
    application_name: "rose-ash jobs",
    max: 1,
    migrate: false,
    cronWorkerIntervalSeconds: lookSeconds,
    cronMonitorIntervalSeconds: lookSeconds,
  });
  boss.on("error", (error) => log.warn({ err: error }, "scheduled work was disturbed; it goes on by itself"));
  return boss;
}

async function keep(boss: PgBoss, { name, cron, keepsHouse, run }: Job, parts: JobParts, log: JobLog, lookSeconds: number): Promise<void> {
  const retries = { retryLimit: 3, retryDelay: 30, retryBackoff: true, expireInSeconds: 900, deleteAfterSeconds: KEEP_SECONDS };
  await boss.createQueue(name, { policy: "exclusive", ...retries });
  await boss.schedule(name, cron, null, { tz: "UTC" });
  await boss.work(name, { pollingIntervalSeconds: lookSeconds }, async () => {
    if (!keepsHouse && (await parts.services.outgoing.findPause()) !== null)
      return log.info({ job: name }, "a scheduled job waits for its next time: the site is paused");
    const began = performance.now();
    await run(parts);
    log.info({ job: name, tookMs: Math.round(performance.now() - began) }, "a scheduled job is done");
  });
}
