import { eq } from "drizzle-orm";
import type { CalendarDeskService, ChangeResult, ChangeScope, OpenCalendar } from "../../contracts/calendar-desk.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { Clock } from "../../infrastructure/clock.ts";
import { calendarEntries } from "../../models/events.ts";
import type { CalendarEntryId, UserId } from "../../models/ids.ts";
import type { EntryModel } from "./entry-model.ts";
import { lockEntry } from "./keep-occurrences.ts";
import { type CalendarRights, openCalendar } from "./rights.ts";
import { allOrNothing, COUNTED_UP, settleTimes, tellOf } from "./save-entry.ts";

type Rights = Pick<OpenCalendar, "isKeeper" | "rooms">;
type Held = { kind: "held"; model: EntryModel; calendar: Rights } | { kind: "gone" } | { kind: "conflict" };
type Desk = { clock: Clock; rights: CalendarRights };

/** Changing, cancelling and reinstating entries. */
export function makeChange(desk: Desk): Pick<CalendarDeskService, "change" | "cancel" | "reinstate"> {
  const { clock } = desk;
  return {
    async change(tx, { id, revision, scope, draft, by }) {
      const held = await hold(tx, desk, { id, revision, by });
      if (held.kind !== "held") return held;
      const { model, calendar } = held;
      const isTheirs = model.entry.status === "proposed" && model.entry.organiserId === by;
      if (!calendar.isKeeper && !isTheirs) return { kind: "gone" };
      const { changeAll, changeFollowing, changeThis } = await import("./change-entry.ts");
      const change = { model, draft, rooms: calendar.rooms, now: clock.now() };
      const { newId, ...result } = await inScope(model, scope, {
        all: () => changeAll(tx, change),
        this: (key) => changeThis(tx, change, key),
        following: (key) => changeFollowing(tx, change, key),
      });
      if (result.kind !== "changed") return result;
      const isPublic = model.entry.status === "confirmed";
      await tellOf(tx, { id, by, type: "Update", isPublic, details: keyOf(scope) });
      if (newId !== undefined) await tellOf(tx, { id: newId, by, type: isPublic ? "Create" : "Offer", isPublic });
      return result;
    },
    async cancel(tx, { id, revision, scope, by }) {
      const held = await hold(tx, desk, { id, revision, by });
      if (held.kind !== "held") return held;
      const { model, calendar } = held;
      if (!calendar.isKeeper && model.entry.organiserId !== by) return { kind: "gone" };
      const { cancelThis, endSeries } = await import("./change-entry.ts");
      const now = clock.now();
      const { newId: _none, ...result } = await inScope(model, scope, {
        all: () => cancelAll(tx, model, { by, now }),
        this: (key) => cancelThis(tx, { model, now }, key, true),
        following: (key) => endSeries(tx, { model, now }, key),
      });
      if (result.kind !== "changed" || model.entry.status === "proposed") return result;
      await tellOf(tx, { id, by, type: "Update", isPublic: true, details: keyOf(scope) });
      return result;
    },
    async reinstate(tx, { id, revision, scope, by }) {
      const held = await hold(tx, desk, { id, revision, by });
      if (held.kind !== "held") return held;
      const { model, calendar } = held;
      if (!calendar.isKeeper) return { kind: "gone" };
      const { cancelThis } = await import("./change-entry.ts");
      const now = clock.now();
      const result = scope.kind === "all" ? await reinstateAll(tx, model, now) : await cancelThis(tx, { model, now }, scope.key, false);
      if (result.kind === "changed") await tellOf(tx, { id, by, type: "Update", isPublic: true, details: keyOf(scope) });
      return result;
    },
  };
}

/** The entry, locked, where this is somebody who may do something in its calendar; what a feed brings is its source's. */
async function hold(tx: Tx, { rights }: Desk, what: { id: CalendarEntryId; revision: number; by: UserId }): Promise<Held> {
  const model = await lockEntry(tx, what.id);
  if (!model || model.entry.feedId !== null) return { kind: "gone" };
  const calendar = await openCalendar(rights, tx, { userId: what.by, calendarId: model.entry.calendarId });
  const isOrganiser = model.entry.organiserId === what.by;
  if (calendar === null && !isOrganiser) return { kind: "gone" };
  if (model.entry.revision !== what.revision) return { kind: "conflict" };
  return { kind: "held", model, calendar: calendar ?? NO_RIGHTS };
}

/** Of somebody whose calendar takes nothing from members any more: what they proposed is still theirs to withdraw. */
const NO_RIGHTS: Rights = { isKeeper: false, rooms: [] };

type Ways<T> = { all: () => Promise<T>; this: (key: string) => Promise<T>; following: (key: string) => Promise<T> };

/** What takes place once is all there is of it. */
function inScope<T>({ entry }: EntryModel, scope: ChangeScope, ways: Ways<T>): Promise<T> {
  if (scope.kind === "all" || entry.recurrence.length === 0) return ways.all();
  return ways[scope.kind](scope.key);
}

const keyOf = (scope: ChangeScope) => (scope.kind === "all" ? {} : { key: scope.key, scope: scope.kind });

/** What waits is gone; what stands stays, struck through. */
async function cancelAll(tx: Tx, { entry }: EntryModel, { by, now }: { by: UserId; now: Date }): Promise<ChangeResult & { newId?: never }> {
  const { id, slug, status } = entry;
  if (status === "cancelled" || status === "declined") return { kind: "gone" };
  if (status === "proposed") {
    await tellOf(tx, { id, by, type: "Delete", isPublic: false });
    await tx.delete(calendarEntries).where(eq(calendarEntries.id, id));
    return { kind: "changed", slug, dropped: 0 };
  }
  await tx
    .update(calendarEntries)
    .set({ ...COUNTED_UP, status: "cancelled" })
    .where(eq(calendarEntries.id, id));
  await settleTimes(tx, id, { now, isMoved: false });
  const { placeUnplaced } = await import("./keep-occurrences.ts");
  await placeUnplaced(tx, now);
  return { kind: "changed", slug, dropped: 0 };
}

async function reinstateAll(tx: Tx, { entry: { id, slug, status } }: EntryModel, now: Date): Promise<ChangeResult> {
  if (status !== "cancelled") return { kind: "gone" };
  return allOrNothing(tx, async (inner) => {
    await inner
      .update(calendarEntries)
      .set({ ...COUNTED_UP, status: "confirmed" })
      .where(eq(calendarEntries.id, id));
    await settleTimes(inner, id, { now, isMoved: true });
    return { kind: "changed", slug, dropped: 0 } as const;
  });
}
