import { and, asc, eq, sql } from "drizzle-orm";
import { CodedError } from "../../contracts/errors.ts";
import type { InvitationsService } from "../../contracts/invitations.ts";
import type { RelationsService } from "../../contracts/relations.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { Db } from "../../infrastructure/db.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { calendarEntries } from "../../models/events.ts";
import { userEmails } from "../../models/identity.ts";
import type { UserId } from "../../models/ids.ts";
import { entryGuests } from "../../models/occurrences.ts";
import { makeRights, openCalendar } from "../calendars/rights.ts";
import { tellOf } from "../calendars/save-entry.ts";
import { makeDueInvitations } from "./due.ts";

const MOST_GUESTS = 100;
/** Was told that it is off, and needs no more of it. */
const DONE_WITH = -2;

/** Guests of entries, over PostgreSQL. */
export function makeInvitationsService(
  deps: ServiceDeps,
  { relations }: { relations: Pick<RelationsService, "may" | "list"> },
): InvitationsService {
  const { db, clock, publicUrl } = deps;
  const rights = makeRights(relations);

  /** What is confirmed and theirs to keep; null: nothing of the kind. */
  async function kept(from: Db | Tx, by: UserId, slug: string) {
    const { id, title, calendarId, status, feedId } = calendarEntries;
    const [entry] = await from
      .select({ id, title, calendarId, status, feedId })
      .from(calendarEntries)
      .where(eq(calendarEntries.slug, slug));
    if (!entry || entry.feedId !== null || (entry.status !== "confirmed" && entry.status !== "cancelled")) return null;
    const calendar = await openCalendar(rights, from, { userId: by, calendarId: entry.calendarId });
    return calendar?.isKeeper ? entry : null;
  }

  return {
    ...makeDueInvitations(deps),
    async listGuests(by, slug) {
      const entry = await kept(db, by, slug);
      if (!entry) throw new CodedError("not-found", "There is nothing here that you may change.", { slug });
      const { id, email, answer, sentSequence } = entryGuests;
      const rows = await db
        .select({ id, email, answer, sentSequence })
        .from(entryGuests)
        .where(and(eq(entryGuests.entryId, entry.id), eq(entryGuests.isTakenOut, false)))
        .orderBy(asc(email), asc(id));
      const guests = rows.map(({ sentSequence: sent, ...row }) => ({ ...row, isSent: sent >= 0 }));
      return { entryId: entry.id, title: entry.title, guests };
    },
    async invite(tx, { slug, emails, by }) {
      const entry = await kept(tx, by, slug);
      if (entry?.status !== "confirmed") return null;
      await tx.select({ id: calendarEntries.id }).from(calendarEntries).where(eq(calendarEntries.id, entry.id)).for("update");
      const asked = await tx.$count(entryGuests, eq(entryGuests.entryId, entry.id));
      const wanted = [...new Set(emails.map((email) => email.toLowerCase()))].slice(0, Math.max(0, MOST_GUESTS - asked));
      const members =
        wanted.length === 0
          ? []
          : await tx
              .select()
              .from(userEmails)
              .where(sql`${userEmails.email} = any(${sql.param(wanted)}::text[]) and ${userEmails.verifiedAt} is not null`);
      const userOf = new Map(members.map(({ email, userId }) => [email, userId]));
      const rows = wanted.map((email) => ({ entryId: entry.id, email, userId: userOf.get(email) ?? null }));
      const back = { isTakenOut: false, sentSequence: -1, answer: "waiting" as const };
      const made =
        rows.length === 0
          ? []
          : await tx
              .insert(entryGuests)
              .values(rows)
              .onConflictDoUpdate({
                target: [entryGuests.entryId, entryGuests.email],
                set: back,
                setWhere: eq(entryGuests.isTakenOut, true),
              })
              .returning({ id: entryGuests.id });
      if (made.length > 0) await tellOf(tx, { id: entry.id, by, type: "Invite", isPublic: false });
      return { added: made.length, isFull: asked + rows.length >= MOST_GUESTS };
    },
    async takeOut(tx, { slug, guestId, by }) {
      const entry = await kept(tx, by, slug);
      if (!entry) return false;
      const isGuest = and(eq(entryGuests.id, guestId), eq(entryGuests.entryId, entry.id), eq(entryGuests.isTakenOut, false));
      const gone = await tx.update(entryGuests).set({ isTakenOut: true }).where(isGuest).returning({ id: entryGuests.id });
      if (gone.length > 0) await tellOf(tx, { id: entry.id, by, type: "Invite", isPublic: false });
      return gone.length > 0;
    },
    async markSent(tx, { guestId, method, sequence }) {
      const sentSequence = method === "CANCEL" ? DONE_WITH : sequence;
      await tx
        .update(entryGuests)
        .set({ sentSequence })
        .where(and(eq(entryGuests.id, guestId), sql`${entryGuests.sentSequence} < ${sequence + 1}`));
    },
    async findInvitation(id) {
      const [row] = await db
        .select({
          title: calendarEntries.title,
          slug: calendarEntries.slug,
          status: calendarEntries.status,
          answer: entryGuests.answer,
          isTakenOut: entryGuests.isTakenOut,
        })
        .from(entryGuests)
        .innerJoin(calendarEntries, eq(calendarEntries.id, entryGuests.entryId))
        .where(eq(entryGuests.id, id));
      if (!row) return null;
      const isCancelled = row.status !== "confirmed" || row.isTakenOut;
      return { title: row.title, url: publicUrl("events", `/entries/${row.slug}`), answer: row.answer, isCancelled };
    },
    async answer(tx, id, answer) {
      const set = { answer, answeredAt: clock.now() };
      const said = await tx
        .update(entryGuests)
        .set(set)
        .where(and(eq(entryGuests.id, id), eq(entryGuests.isTakenOut, false)))
        .returning({ id: entryGuests.id });
      return said.length > 0;
    },
  };
}
