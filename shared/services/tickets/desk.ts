import { and, eq, sql } from "drizzle-orm";
import type { AuditService } from "../../contracts/audit.ts";
import { CodedError } from "../../contracts/errors.ts";
import type { RelationsService } from "../../contracts/relations.ts";
import type { BoxDraft, TicketDesk, TicketDeskService, TypeDraft } from "../../contracts/ticket-desk.ts";
import { type FieldError, MAX_DONATION_MINOR } from "../../contracts/tickets.ts";
import type { Tx } from "../../contracts/tx.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import type { TicketTypeId, UserId } from "../../models/ids.ts";
import { ticketBoxes, ticketTimes, ticketTypes } from "../../models/tickets.ts";
import { makeRights } from "../calendars/rights.ts";
import { type FindKept, makeDoor } from "./door.ts";
import { countPlaces, type EntryFacts, lockEntry, type Reads, readEntry, timesThatCount } from "./entry-facts.ts";
import { offerPlaces } from "./offers.ts";

interface Beside {
  readonly relations: Pick<RelationsService, "may" | "list">;
  readonly audit: Pick<AuditService, "record">;
}

/** Tickets for whoever looks after them, over PostgreSQL. */
export function makeTicketDeskService(deps: ServiceDeps, { relations, audit }: Beside): TicketDeskService {
  const { db, clock } = deps;
  const rights = makeRights(relations);
  const findKept: FindKept = async (from, by, { slug, key }) => {
    const entry = await readEntry(from, { slug }, { key, now: clock.now() });
    const isKept =
      entry !== null &&
      ((await isOrganiser(from, entry, by)) ||
        (await rights.listOpen(from, by)).some(({ id, isKeeper }) => isKeeper && id === entry.calendarId));
    if (entry === null || !isKept) throw new CodedError("not-found", "There is nothing here that you look after.", { slug });
    return entry;
  };
  return {
    async getDesk(by, slug, key) {
      const entry = await findKept(db, by, { slug, key });
      return readDesk(db, entry, clock.now());
    },
    async saveType(tx, by, { slug, id, draft }) {
      const entry = await findKept(tx, by, { slug, key: "" });
      await lockEntry(tx, entry.id);
      const errors = wrongType(draft);
      if (errors.length > 0) return errors;
      const failed = id === null ? await addType(tx, entry, draft) : await changeType(tx, entry, id, draft);
      if (failed.length > 0) return failed;
      const { opensAt, closesAt, ...plain } = draft;
      const after = { ...plain, opensAt: opensAt?.toISOString() ?? null, closesAt: closesAt?.toISOString() ?? null };
      const about = { app: "events", by, subject: `entry:${entry.id}`, reason: "", before: null } as const;
      await audit.record(tx, { ...about, action: id === null ? "add ticket type" : "change ticket type", after });
      purgeOnCommit(tx, ["calendar"]);
      await offerPlaces(tx, deps, entry.id);
      return [];
    },
    async saveBox(tx, by, { slug, draft }) {
      const entry = await findKept(tx, by, { slug, key: "" });
      await lockEntry(tx, entry.id);
      const errors = wrongBox(draft);
      if (errors.length > 0) return errors;
      await tx
        .insert(ticketBoxes)
        .values({ entryId: entry.id, ...draft })
        .onConflictDoUpdate({ target: ticketBoxes.entryId, set: { ...draft } });
      const { questions, ...plain } = draft;
      const after = { ...plain, questions: questions.map(({ label }) => label).join("; ") };
      await audit.record(tx, {
        app: "events",
        by,
        action: "change ticket box",
        subject: `entry:${entry.id}`,
        reason: "",
        before: null,
        after,
      });
      purgeOnCommit(tx, ["calendar"]);
      await offerPlaces(tx, deps, entry.id);
      return [];
    },
    async saveTime(tx, by, { slug, key, capacity }) {
      const entry = await findKept(tx, by, { slug, key });
      if (!entry.isSeries || entry.key !== key) throw new CodedError("not-found", "It has no such time.", { slug, key });
      await lockEntry(tx, entry.id);
      if (capacity !== null && !isCount(capacity, 100_000))
        return [{ field: "capacity", message: "A number of places from 1, or nothing." }];
      if (capacity === null) await tx.delete(ticketTimes).where(and(eq(ticketTimes.entryId, entry.id), eq(ticketTimes.occurrenceKey, key)));
      else {
        const row = { entryId: entry.id, occurrenceKey: key, capacity };
        await tx
          .insert(ticketTimes)
          .values(row)
          .onConflictDoUpdate({ target: [ticketTimes.entryId, ticketTimes.occurrenceKey], set: { capacity } });
      }
      const about = { app: "events", by, subject: `entry:${entry.id}`, reason: "", before: null } as const;
      await audit.record(tx, { ...about, action: "change places of a time", after: { time: key, capacity } });
      purgeOnCommit(tx, ["calendar"]);
      await offerPlaces(tx, deps, entry.id);
      return [];
    },
    ...makeDoor(deps, { findKept, audit }),
  };
}

async function isOrganiser(from: Reads, { id }: EntryFacts, by: UserId): Promise<boolean> {
  const { rows } = await from.execute(sql`select id from calendar_entries where id = ${id} and organiser_id = ${by} and feed_id is null`);
  return rows.length > 0;
}

async function readDesk(from: Reads, entry: EntryFacts, now: Date): Promise<TicketDesk> {
  const counts = await countPlaces(from, entry, await timesThatCount(from, entry, now));
  const { rows } = await from.execute<{ name: string; typeName: string; quantity: number; state: string; since: string }>(sql`
    select coalesce(nullif(wait.name, ''), (select name from users where id = wait.user_id), '') as name, type.name as "typeName", wait.quantity,
      wait.state, wait.created_at as since
    from ticket_waits as wait join ticket_types as type on type.id = wait.ticket_type_id
    where type.entry_id = ${entry.id} and wait.occurrence_key in ('', ${entry.key}) and wait.state in ('waiting', 'offered') order by wait.id limit 500`);
  const { capacity, ownCapacity, questions, refundHours, canTransfer, hasWaitingList, offerMinutes } = entry;
  return {
    time: entry,
    ownCapacity: ownCapacity[entry.key] ?? null,
    box: { capacity, questions, refundHours, canTransfer, hasWaitingList, offerMinutes },
    types: counts
      .filter(({ key, isFromBefore }) => !isFromBefore && (key === "" || key === entry.key))
      .map(({ typeId, ...type }) => ({ ...type, id: typeId })),
    waiting: rows.map((row) => ({ ...row, since: new Date(row.since) })),
  };
}

const isCount = (count: number, most: number) => Number.isSafeInteger(count) && count >= 1 && count <= most;

function wrongType({ name, priceMinor, capacity, perPerson, opensAt, closesAt, code, groupName }: TypeDraft): FieldError[] {
  return [
    ...(name === "" || name.length > 100 ? [{ field: "name", message: "A name of up to 100 letters." }] : []),
    ...(Number.isSafeInteger(priceMinor) && priceMinor >= 0 && priceMinor <= MAX_DONATION_MINOR
      ? []
      : [{ field: "price", message: "A price up to 10,000; 0 is free." }]),
    ...(capacity === null || isCount(capacity, 100_000) ? [] : [{ field: "capacity", message: "A number of places from 1, or nothing." }]),
    ...(perPerson === null || isCount(perPerson, 99) ? [] : [{ field: "perPerson", message: "From 1 to 99, or nothing." }]),
    ...(opensAt !== null && closesAt !== null && closesAt <= opensAt ? [{ field: "closesAt", message: "It ends before it begins." }] : []),
    ...((groupName ?? "").length > 100 ? [{ field: "groupName", message: "100 letters at most." }] : []),
    ...(code.length > 40 ? [{ field: "code", message: "40 letters at most." }] : []),
  ];
}

function wrongBox({ capacity, refundHours, offerMinutes, questions }: BoxDraft): FieldError[] {
  const labels = questions.map(({ key }) => key);
  const isLong = questions.length > 10 || questions.some(({ label, options }) => label.length > 150 || options.length > 20);
  return [
    ...(capacity === null || isCount(capacity, 100_000) ? [] : [{ field: "capacity", message: "A number of places from 1, or nothing." }]),
    ...(refundHours === null || (Number.isSafeInteger(refundHours) && refundHours >= 0 && refundHours <= 9_000)
      ? []
      : [{ field: "refundHours", message: "Hours from 0, or nothing." }]),
    ...(offerMinutes >= 5 && offerMinutes <= 10_080
      ? []
      : [{ field: "offerHours", message: "From a quarter of an hour up to 168 hours." }]),
    ...(isLong || new Set(labels).size < labels.length
      ? [{ field: "questions", message: "Ten different questions at most, each in one line." }]
      : []),
  ];
}

const SAME_NAME: readonly FieldError[] = [{ field: "name", message: "Another kind of this entry has that name." }];

async function addType(tx: Tx, { id: entryId }: EntryFacts, draft: TypeDraft): Promise<readonly FieldError[]> {
  const position = await tx.$count(ticketTypes, eq(ticketTypes.entryId, entryId));
  const made = await tx
    .insert(ticketTypes)
    .values({ ...draft, entryId, position })
    .onConflictDoNothing()
    .returning({ id: ticketTypes.id });
  return made.length > 0 ? [] : SAME_NAME;
}

/** What people hold stays what it was when they took it: what it covers, and whether its price is free to choose. */
async function changeType(tx: Tx, { id: entryId }: EntryFacts, id: TicketTypeId, draft: TypeDraft): Promise<readonly FieldError[]> {
  const isThis = and(eq(ticketTypes.id, id), eq(ticketTypes.entryId, entryId));
  const [before] = await tx.select({ covers: ticketTypes.covers, isDonation: ticketTypes.isDonation }).from(ticketTypes).where(isThis);
  if (before === undefined) throw new CodedError("not-found", "There is no such kind of ticket.");
  const isOther = before.covers !== draft.covers || before.isDonation !== draft.isDonation;
  if (isOther && (await isSold(tx, id))) return [{ field: "covers", message: "Some are sold: make another kind, and close this one." }];
  const { rows } = await tx.execute(sql`select id from ticket_types where entry_id = ${entryId} and name = ${draft.name} and id <> ${id}`);
  if (rows.length > 0) return SAME_NAME;
  await tx
    .update(ticketTypes)
    .set({ ...draft })
    .where(isThis);
  return [];
}

async function isSold(tx: Tx, id: TicketTypeId): Promise<boolean> {
  const { rows } = await tx.execute<{ isSold: boolean }>(sql`
    select exists (select from tickets where ticket_type_id = ${id})
      or exists (select from ticket_waits where ticket_type_id = ${id} and state in ('waiting', 'offered'))
      or exists (select from order_lines where kind = 'ticket' and split_part(ref, '.', 2) = ${String(id)}) as "isSold"`);
  return rows[0]?.isSold ?? false;
}
