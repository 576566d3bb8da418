import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import type { CalendarDeskService, DecideResult, ProposeResult } from "../../contracts/calendar-desk.ts";
import type { Clock } from "../../infrastructure/clock.ts";
import { calendarEntries } from "../../models/events.ts";
import type { CalendarEntryId, UserId } from "../../models/ids.ts";
import { freeAddress, slugOf } from "../slugs.ts";
import { lockEntry } from "./keep-occurrences.ts";
import { type CalendarRights, openCalendar } from "./rights.ts";
import { allOrNothing, COUNTED_UP, settleTimes, tellOf } from "./save-entry.ts";

/** What somebody may have waiting at once. */
const MOST_WAITING = 30;
const isWaitingOf = (by: UserId) => and(eq(calendarEntries.organiserId, by), eq(calendarEntries.status, "proposed"));

/** Proposing entries, and deciding about what was proposed. */
export function makePropose({ clock, rights }: { clock: Clock; rights: CalendarRights }): Pick<CalendarDeskService, "propose" | "decide"> {
  return {
    async propose(tx, { calendarId, draft, by }): Promise<ProposeResult> {
      const { checkDraft } = await import("./check-draft.ts");
      const calendar = await openCalendar(rights, tx, { userId: by, calendarId });
      if (calendar === null) return { kind: "not-yours" };
      const checked = checkDraft(draft, calendar.rooms);
      if (checked.kind === "wrong") return checked;
      if (!calendar.isKeeper && (await tx.$count(calendarEntries, isWaitingOf(by))) >= MOST_WAITING)
        return { kind: "wrong", errors: [{ field: "title", message: `${MOST_WAITING} of yours wait already: withdraw some first.` }] };
      const status = calendar.isKeeper || !calendar.isModerated ? "confirmed" : "proposed";
      const slug = await freeAddress(tx, "calendar_entries.slug", slugOf(draft.title, "entry"));
      const made = await allOrNothing<Extract<ProposeResult, { id: CalendarEntryId }>>(tx, async (inner) => {
        const row = { ...checked.columns, calendarId, slug, uid: randomUUID(), status, organiserId: by } as const;
        const [entry] = await inner.insert(calendarEntries).values(row).returning({ id: calendarEntries.id });
        if (!entry) throw new Error("an entry was not made");
        await settleTimes(inner, entry.id, { now: clock.now(), isMoved: true });
        return { kind: status, id: entry.id, slug };
      });
      if (!("id" in made)) return made;
      const isPublic = status === "confirmed";
      await tellOf(tx, { id: made.id, by, type: isPublic ? "Create" : "Offer", isPublic });
      return made;
    },
    async decide(tx, { id, revision, verdict, note, by }): Promise<DecideResult> {
      const model = await lockEntry(tx, id);
      if (!model) return { kind: "gone" };
      const { entry } = model;
      const calendar = await openCalendar(rights, tx, { userId: by, calendarId: entry.calendarId });
      if (!calendar?.isKeeper) return { kind: "gone" };
      if (entry.status !== "proposed") return { kind: "settled", status: entry.status };
      if (entry.revision !== revision) return { kind: "conflict" };
      const decided = await allOrNothing(tx, async (inner) => {
        await inner
          .update(calendarEntries)
          .set({ ...COUNTED_UP, status: verdict, decidedById: by, decidedAt: clock.now(), decisionNote: note.slice(0, 1_000) })
          .where(and(eq(calendarEntries.id, id), eq(calendarEntries.status, "proposed")));
        await settleTimes(inner, id, { now: clock.now(), isMoved: verdict === "confirmed" });
        return { kind: "decided" } as const;
      });
      if (decided.kind === "wrong") return { kind: "room-taken", clashes: [] };
      if (decided.kind !== "decided") return decided;
      await tellOf(tx, { id, by, type: verdict === "confirmed" ? "Accept" : "Reject", isPublic: false });
      if (verdict === "confirmed") await tellOf(tx, { id, by: entry.organiserId, type: "Create", isPublic: true });
      return decided;
    },
  };
}
