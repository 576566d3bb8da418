import type { CrawlingService } from "../../contracts/crawling.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { makeHosts } from "./hosts.ts";
import { makePages } from "./pages.ts";
import { makeRuns } from "./runs.ts";
import { makeSnapshots } from "./snapshots.ts";

/** What a crawler keeps, over PostgreSQL. */
export function makeCrawlingService({ db }: ServiceDeps): CrawlingService {
  return { ...makeRuns(db), ...makePages(db), ...makeSnapshots(db), ...makeHosts(db) };
}
