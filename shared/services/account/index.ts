import type { AccountService } from "../../contracts/account.ts";
import type { Services } from "../../contracts/services.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { makeGetDashboard } from "./get-dashboard.ts";

/** The members' own pages, composed of what the other services answer. */
export function makeAccountService(deps: ServiceDeps, others: Pick<Services, "cart" | "events" | "federation">): AccountService {
  return { getDashboard: makeGetDashboard(deps, others) };
}
