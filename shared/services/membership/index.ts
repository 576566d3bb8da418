import type { MembershipService } from "../../contracts/membership.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { makeDues } from "./dues.ts";
import { makeGroups } from "./groups.ts";
import { makeMembers } from "./members.ts";
import { makeOwn } from "./own.ts";
import type { MembershipParts } from "./parts.ts";
import { makeDesk } from "./stewards.ts";

/** Groups, who is in them and what they pay, from PostgreSQL. */
export function makeMembershipService(deps: ServiceDeps, parts: MembershipParts): MembershipService {
  return { ...makeOwn(deps, parts), ...makeDues(deps, parts), ...makeGroups(deps, parts), ...makeDesk(deps, parts), ...makeMembers(deps) };
}
