import type { Services } from "../../contracts/services.ts";
import type { Transaction } from "../activities/index.ts";
import type { Runtime } from "../runtime.ts";

/** What a job works with. */
export interface JobParts {
  services: Services;
  transaction: Transaction;
  runtime: Runtime;
}

/** Work that is done at certain times, once in all the processes that could do it; done twice it does no harm. */
export interface Job {
  name: string;
  /** When, as cron writes it, in UTC. */
  cron: string;
  /** Whether it is done while the site is paused, too: it sends nothing, and nothing that somebody still has to compare goes by it. */
  keepsHouse: boolean;
  run(parts: JobParts): Promise<void>;
}
