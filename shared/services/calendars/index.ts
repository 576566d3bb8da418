import type { CalendarDeskService } from "../../contracts/calendar-desk.ts";
import type { RelationsService } from "../../contracts/relations.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { makeChange } from "./change.ts";
import { makeConcerned } from "./concerned.ts";
import { makeDeskReads } from "./desk-reads.ts";
import { makePropose } from "./propose.ts";
import { makeRights } from "./rights.ts";

/** Proposing, deciding and changing, over PostgreSQL. */
export function makeCalendarDeskService(
  deps: ServiceDeps,
  { relations }: { relations: Pick<RelationsService, "may" | "list" | "listHolders"> },
): CalendarDeskService {
  const rights = makeRights(relations);
  const desk = { clock: deps.clock, rights };
  return { ...makeDeskReads(deps, rights), ...makeConcerned(relations), ...makePropose(desk), ...makeChange(desk) };
}
