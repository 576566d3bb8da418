import { eq, sql } from "drizzle-orm";
import type { DraftRefusal } from "../../contracts/calendar-desk.ts";
import type { Tx } from "../../contracts/tx.ts";
import { emitActivity } from "../../infrastructure/activities/index.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import { calendarEntries } from "../../models/events.ts";
import type { ActivityDetails, ActivityType } from "../../models/federation.ts";
import type { CalendarEntryId, UserId } from "../../models/ids.ts";
import { keepOccurrences, listClashes, lockEntry, placeUnplaced } from "./keep-occurrences.ts";

/** Ends the savepoint of a change that can't be. */
class Refused extends Error {
  readonly refusal: DraftRefusal;
  constructor(refusal: DraftRefusal) {
    super(`refused: ${refusal.kind}`);
    this.refusal = refusal;
  }
}

/** Does what changes entries, all or nothing: where something can't be, all of it is as before. */
export async function allOrNothing<T>(tx: Tx, work: (inner: Tx) => Promise<T>): Promise<T | DraftRefusal> {
  try {
    return await tx.transaction(work);
  } catch (error) {
    if (error instanceof Refused) return error.refusal;
    throw error;
  }
}

/**
 * Makes the times of an entry after its row was written. isMoved: its times or its room are others than before, so that each must have
 * its room. Ends what is around it where its rule can't be, or a room is taken.
 */
export async function settleTimes(tx: Tx, id: CalendarEntryId, { now, isMoved }: { now: Date; isMoved: boolean }): Promise<void> {
  const model = await lockEntry(tx, id);
  if (!model) throw new Error("an entry is gone while it is saved");
  const { count, isCut, troubles, unplaced } = await keepOccurrences(tx, model, now);
  const wrong = (message: string) => new Refused({ kind: "wrong", errors: [{ field: "recurrence", message }] });
  if (isMoved && troubles[0] !== undefined) throw wrong(`Here ${troubles[0].slice(troubles[0].indexOf(": ") + 2)}.`);
  if (isMoved && isCut) throw wrong("It takes place too often to be an entry in a calendar.");
  if (isMoved && count === 0) throw wrong("By this rule it never takes place.");
  if (isMoved && unplaced > 0) throw new Refused({ kind: "room-taken", clashes: await listClashes(tx, id, now) });
  if (isMoved) await placeUnplaced(tx, now);
}

/** Counts up what a change counts up, for editors and for other calendars (RFC 5545, 3.8.7.4). */
export const COUNTED_UP = {
  revision: sql`${calendarEntries.revision} + 1`,
  sequence: sql`${calendarEntries.sequence} + 1`,
  importDigest: null,
  stampedAt: sql`now()`,
  updatedAt: sql`now()`,
};

/** Tells of a change, in the outermost transaction. What nobody may see yet stays inside. */
export async function tellOf(
  tx: Tx,
  told: { id: CalendarEntryId; by: UserId | null; type: ActivityType; isPublic: boolean; details?: ActivityDetails },
): Promise<void> {
  const { id, by, type, isPublic, details } = told;
  const [entry] = await tx
    .select({ name: calendarEntries.title, slug: calendarEntries.slug, status: calendarEntries.status, revision: calendarEntries.revision })
    .from(calendarEntries)
    .where(eq(calendarEntries.id, id));
  const isShown = entry?.status === "confirmed" || entry?.status === "cancelled";
  const what = entry
    ? { name: entry.name, path: isShown ? `/entries/${entry.slug}` : "/desk", status: entry.status, revision: entry.revision }
    : {};
  await emitActivity(tx, {
    ...{ originApp: "events", actorId: by, type, object: { type: "CalendarEntry", id }, details: { ...what, ...details } },
    visibility: isPublic ? "public" : "internal",
  });
  purgeOnCommit(tx, ["calendar"]);
}
