import type { EventsService } from "../../contracts/events.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { makeGetEntry } from "./get-entry.ts";
import { makeGetMonth } from "./get-month.ts";
import { makeListCalendars } from "./list-calendars.ts";
import { makeListFilters } from "./list-filters.ts";
import { makeNextEntries } from "./list-next-entries.ts";
import { makeListTickets } from "./list-tickets.ts";
import { makeListTicketsAhead } from "./list-tickets-ahead.ts";
import { makeSearch } from "./search.ts";

/** The calendars, from PostgreSQL. */
export function makeEventsService(deps: ServiceDeps): EventsService {
  return {
    ...makeSearch(deps),
    listCalendars: makeListCalendars(deps),
    ...makeGetMonth(deps),
    listFilters: makeListFilters(deps),
    getEntry: makeGetEntry(deps),
    ...makeNextEntries(deps),
    listTicketsAhead: makeListTicketsAhead(deps),
    listTickets: makeListTickets(deps),
  };
}
