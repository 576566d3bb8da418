import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { CalendarDeskService } from "../../contracts/calendar-desk.ts";
import type { RelationsService } from "../../contracts/relations.ts";
import type { Tx } from "../../contracts/tx.ts";
import { calendarKeepers, calendars } from "../../models/calendars.ts";
import { calendarEntries } from "../../models/events.ts";
import { userEmails, users } from "../../models/identity.ts";
import type { UserId } from "../../models/ids.ts";

type Concerned = Pick<CalendarDeskService, "listConcerned">;

/**
 * Whoever may approve has what waits in their notices. Mail goes to those who look after the calendar; where nobody does, to the editors
 * of events. Of a decision its organiser hears. Nobody hears of what they did themselves.
 */
export function makeConcerned(relations: Pick<RelationsService, "listHolders">): Concerned {
  return {
    async listConcerned(tx, entryId, about) {
      const [entry] = await tx
        .select({
          ...{ title: calendarEntries.title, slug: calendarEntries.slug, status: calendarEntries.status },
          ...{ note: calendarEntries.decisionNote, calendar: calendars.name, calendarId: calendars.id },
          ...{ startsAt: calendarEntries.startsAt, zone: calendarEntries.zone },
          ...{ organiserId: calendarEntries.organiserId, decidedById: calendarEntries.decidedById },
          proposedBy: sql<string>`coalesce(${users.name}, '')`,
        })
        .from(calendarEntries)
        .innerJoin(calendars, eq(calendars.id, calendarEntries.calendarId))
        .leftJoin(users, eq(users.id, calendarEntries.organiserId))
        .where(eq(calendarEntries.id, entryId));
      if (!entry) return null;
      const { calendarId, organiserId, decidedById, ...shown } = entry;
      if (about === "decision") {
        const organiser = organiserId === null || organiserId === decidedById ? [] : [organiserId];
        return { ...shown, noticeTo: organiser, mailTo: await listAddresses(tx, organiser) };
      }
      const keepers = await tx
        .select({ id: calendarKeepers.userId })
        .from(calendarKeepers)
        .where(eq(calendarKeepers.calendarId, calendarId));
      const editors = await relations.listHolders(tx, "editor", "events");
      const others = (ids: readonly UserId[]) => [...new Set(ids)].filter((id) => id !== organiserId);
      const looksAfter = keepers.map(({ id }) => id);
      const mailTo = others(looksAfter.length > 0 ? looksAfter : editors);
      return { ...shown, noticeTo: others([...looksAfter, ...editors]), mailTo: await listAddresses(tx, mailTo) };
    },
  };
}

/** Where these people are written to. */
async function listAddresses(tx: Tx, ids: readonly UserId[]) {
  if (ids.length === 0) return [];
  return tx
    .select({ userId: users.id, email: userEmails.email, name: users.name })
    .from(userEmails)
    .innerJoin(users, eq(users.id, userEmails.userId))
    .where(and(inArray(users.id, [...ids]), userEmails.isPrimary))
    .orderBy(asc(users.id));
}
