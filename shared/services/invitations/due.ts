import { asc, eq, sql } from "drizzle-orm";
import type { DueInvitation, InvitationsService } from "../../contracts/invitations.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { calendarEntries } from "../../models/events.ts";
import type { CalendarEntryId } from "../../models/ids.ts";
import { entryGuests } from "../../models/occurrences.ts";
import { readModels } from "../calendar-files/read-models.ts";
import { ruleWords } from "../calendars/rule-words.ts";

const ANSWERS = { waiting: "NEEDS-ACTION", yes: "ACCEPTED", no: "DECLINED", maybe: "TENTATIVE" } as const;

/** Mails that are due: to whoever was not told of the present version, and to whoever is no longer asked. */
export function makeDueInvitations({ db, publicUrl }: ServiceDeps): Pick<InvitationsService, "listDue"> {
  return {
    async listDue(entryId, sender) {
      const guests = await listWaiting(db, entryId);
      if (guests.length === 0) return [];
      const [{ writeCalendar }, { eventsOf }, { models, roomNames }] = await Promise.all([
        import("../../infrastructure/ical/index.ts"),
        import("../calendars/entry-model.ts"),
        readModels(db, eq(calendarEntries.id, entryId)),
      ]);
      const [model] = models;
      if (!model) return [];
      const { entry } = model;
      const url = publicUrl("events", `/entries/${entry.slug}`);
      const events = eventsOf(model, roomNames);
      return guests.map(({ id, email, answer, isTakenOut, sentSequence }): DueInvitation => {
        const method = isTakenOut || entry.status !== "confirmed" ? "CANCEL" : "REQUEST";
        const guest = { name: "", address: `mailto:${email}`, answer: ANSWERS[answer] };
        const organiser = { name: entry.organiserName, address: sender };
        const own = events.map((event) => ({
          ...event,
          url,
          organiser,
          guests: [guest],
          isCancelled: method === "CANCEL" || event.isCancelled,
        }));
        return {
          ...{
            guestId: id,
            email,
            method,
            sequence: entry.sequence,
            isFirst: sentSequence < 0,
            title: entry.title,
            summary: entry.summary,
          },
          ...{ startsAt: entry.startsAt, zone: entry.zone, isAllDay: entry.isAllDay, url, place: events[0]?.location ?? "" },
          rule: ruleWords(entry.recurrence, entry.zone),
          file: writeCalendar({ name: entry.title, method, refreshHours: 1 }, own),
        };
      });
    },
  };
}

/** Who does not know how it stands. Who was never asked is not told that it is off. */
async function listWaiting(db: ServiceDeps["db"], entryId: CalendarEntryId) {
  const { id, email, answer, isTakenOut, sentSequence } = entryGuests;
  const isConfirmed = sql`${calendarEntries.status} = 'confirmed' and not ${isTakenOut}`;
  return db
    .select({ id, email, answer, isTakenOut, sentSequence })
    .from(entryGuests)
    .innerJoin(calendarEntries, eq(calendarEntries.id, entryGuests.entryId))
    .where(
      sql`${entryGuests.entryId} = ${entryId} and case when ${isConfirmed} then ${sentSequence} < ${calendarEntries.sequence} else ${sentSequence} >= 0 end`,
    )
    .orderBy(asc(id));
}
