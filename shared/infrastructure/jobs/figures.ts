import type { Job } from "./job.ts";

interface Counts {
  done: number;
  failed: number;
  /** In ms since 1970. */
  lastDoneAt: number;
  tookMs: number | null;
}

/** What one process did of the timetable since it started. */
export class JobFigures {
  readonly #jobs: ReadonlyMap<string, Counts>;

  constructor(jobs: readonly Job[]) {
    const lastDoneAt = Date.now(); // a job that is never done shows as one that is long overdue
    this.#jobs = new Map(jobs.map(({ name }) => [name, { done: 0, failed: 0, lastDoneAt, tookMs: null }]));
  }

  /** The job, and how it goes. */
  readonly watch = (job: Job): Job => ({
    ...job,
    run: async (parts) => {
      const began = performance.now();
      try {
        await job.run(parts);
        this.#count(job, performance.now() - began);
      } catch (error) {
        this.#count(job, null);
        throw error;
      }
    },
  });

  list(): readonly (Counts & { name: string })[] {
    return [...this.#jobs].map(([name, counts]) => ({ name, ...counts }));
  }

  /** tookMs null: it failed. */
  #count({ name }: Job, tookMs: number | null): void {
    const counts = this.#jobs.get(name);
    if (counts === undefined) return;
    if (tookMs === null) counts.failed++;
    else Object.assign(counts, { done: counts.done + 1, lastDoneAt: Date.now(), tookMs });
  }
}
