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
  run(parts: JobParts): Promise<void>;
}
