import type { AuditService } from "../../contracts/audit.ts";
import type { CalendarSetupService } from "../../contracts/calendar-setup.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { makeCalendars } from "./calendars.ts";
import { makeRooms } from "./rooms.ts";

/** Calendars and rooms behind the counter, over PostgreSQL. */
export function makeCalendarSetupService(deps: ServiceDeps, { audit }: { audit: AuditService }): CalendarSetupService {
  return { ...makeCalendars(deps, audit), ...makeRooms(deps, audit) };
}
