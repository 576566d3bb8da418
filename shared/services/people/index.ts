import type { PeopleService } from "../../contracts/people.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { makeAccounts } from "./accounts.ts";
import { makeFindPeople } from "./find-people.ts";
import { makeFollows } from "./follows.ts";
import { makeHiding } from "./hiding.ts";
import { makeLists } from "./lists.ts";
import { makeMoves } from "./moves.ts";
import { makeProfiles } from "./profiles.ts";
import { makeSearchPeople } from "./search-people.ts";

/** People here and elsewhere, from PostgreSQL. */
export function makePeopleService(deps: ServiceDeps): PeopleService {
  const findPeople = makeFindPeople(deps);
  return {
    findPeople,
    ...makeAccounts(deps, findPeople),
    ...makeProfiles(deps, findPeople),
    ...makeMoves(deps),
    ...makeFollows(deps, findPeople),
    ...makeHiding(deps, findPeople),
    ...makeLists(deps, findPeople),
    ...makeSearchPeople(deps, findPeople),
  };
}
