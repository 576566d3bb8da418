import type { AccountService } from "../../contracts/account.ts";
import type { Services } from "../../contracts/services.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { makeFindGreeting } from "./find-greeting.ts";
import { makeGetDashboard } from "./get-dashboard.ts";
import { type Kept, makeListNext } from "./list-next.ts";

/** The members' own pages, composed of what the other services answer. */
export function makeAccountService(deps: ServiceDeps, others: Pick<Services, "cart" | "events" | "notifications"> & Kept): AccountService {
  const listNext = makeListNext(deps, others);
  return { getDashboard: makeGetDashboard(deps, others, listNext), findGreeting: makeFindGreeting(deps, others, listNext) };
}
