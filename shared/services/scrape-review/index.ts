import type { ScrapeReviewService } from "../../contracts/scrape-review.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { makeAlarmReads } from "./alarms.ts";
import { compare } from "./compare.ts";
import { makeCounts } from "./counts.ts";
import { makeDecisions } from "./decide.ts";
import { makeDismissAlarm } from "./dismiss-alarm.ts";
import { guessProduct } from "./guess-product.ts";
import type { Means } from "./held-finding.ts";
import { makeReads } from "./reads.ts";
import { makeSupplierReads } from "./suppliers.ts";
import { makeTakeNew } from "./take-new.ts";

/** What came of runs over suppliers' pages, over PostgreSQL. */
export function makeScrapeReviewService({ db }: Pick<ServiceDeps, "db">, means: Means): ScrapeReviewService {
  return {
    compare,
    ...makeDecisions(means),
    ...makeTakeNew(means),
    dismissAlarm: makeDismissAlarm(means),
    ...makeReads(db),
    ...makeCounts(db),
    guessProduct: (finding) => guessProduct(db, finding),
    ...makeAlarmReads(db),
    ...makeSupplierReads(db),
  };
}
