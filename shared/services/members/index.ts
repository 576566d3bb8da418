import type { MembersService } from "../../contracts/members.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { makeListFoodWarnings } from "./food-warnings.ts";
import { makeProfiles } from "./profiles.ts";

/** What members tell of themselves, from PostgreSQL. */
export function makeMembersService(deps: ServiceDeps): MembersService {
  return { ...makeProfiles(deps), listFoodWarnings: makeListFoodWarnings(deps) };
}
