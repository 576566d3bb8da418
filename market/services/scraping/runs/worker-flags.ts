/**
 * How a process that reads pages runs: the young generation is kept small, since it is what pages fill, and a few pages at a time
 * need little more. 173 MB are resident after two thousand pages; a page of six million characters still fits.
 */
export const WORKER_FLAGS = ["--max-old-space-size=192", "--max-semi-space-size=4"] as const;
