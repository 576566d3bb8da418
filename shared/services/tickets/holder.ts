import { and, eq, inArray, ne, type SQL, sql } from "drizzle-orm";
import type { PaymentsService } from "../../contracts/payments.ts";
import type { TicketMail, TicketPage, TicketsService } from "../../contracts/tickets.ts";
import type { Tx } from "../../contracts/tx.ts";
import { emitActivity } from "../../infrastructure/activities/index.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import type { CalendarEntryId, OrderId, TicketId, UserId } from "../../models/ids.ts";
import { type TicketAnswers, type TicketQuestion, tickets, ticketTransfers } from "../../models/tickets.ts";
import { wardsOf } from "../family/wards.ts";
import { lockEntry, type Reads } from "./entry-facts.ts";
import { itsTime } from "./its-time.ts";
import { offerPlaces } from "./offers.ts";
import { readParts, returnedOf, returnPart } from "./parts.ts";
import { newTicketCode, tellIssued } from "./take.ts";

type Holding = "findTicket" | "listParts" | "returnPart" | "listBatch" | "listNews" | "markTold" | "transfer" | "giveBack";

/** What holders see of their tickets, and do with them. */
export function makeHolder(
  deps: ServiceDeps,
  { payments }: { payments: Pick<PaymentsService, "requestRefund"> },
): Pick<TicketsService, Holding> {
  const { db } = deps;
  return {
    async findTicket(code, reader) {
      const [held] = await readTickets(
        db,
        deps,
        sql`(${isReaders(code, reader)}) or (ticket.code = ${code} and ticket.user_id in ${wardsOf(reader)})`,
      );
      return held === undefined ? null : shownTo(held, reader);
    },
    listParts: (code, reader) => readParts(db, deps, isReaders(code, reader)),
    returnPart: (tx, code, reader, entryId) => returnPart(tx, deps, payments, { which: isReaders(code, reader), by: reader, entryId }),
    listBatch: async (batch) => byHolder(await readTickets(db, deps, sql`ticket.batch = ${batch} and ticket.status = 'valid'`)),
    async listNews(entryId) {
      const held = await readTickets(db, deps, sql`type.entry_id = ${entryId} and ticket.status = 'valid'`);
      const untold = held.filter((one) => !one.page.isOver && newsOf(one) !== one.told);
      return [...Map.groupBy(untold, newsOf)].flatMap(([state, own]) => {
        const kind = state === "off" ? "off" : state === "" ? "back" : "moved";
        return byHolder(own).map((mail) => ({ ...mail, kind, state }) as const);
      });
    },
    async markTold(tx, { state, tickets: own }) {
      const ids = own.map(({ id }) => id);
      await tx.update(tickets).set({ told: state }).where(inArray(tickets.id, ids));
    },
    transfer: (tx, code, reader, to) => transfer(tx, deps, { code, reader, to }),
    giveBack: (tx, code, reader) => giveBack(tx, deps, payments, { code, reader }),
  };
}

/** A member's ticket is theirs when they are signed in; a guest's is whoever's knows its code. */
function isReaders(code: string, reader: UserId | null): SQL {
  return sql`ticket.code = ${code} and (ticket.user_id is null or ticket.user_id = ${reader})`;
}

/** What there is to tell of a ticket's time; empty: nothing. */
function newsOf({ page }: Held): string {
  if (page.isOff) return "off";
  return page.isMoved ? `moved ${page.startsAt.toISOString()}` : "";
}

/** Whoever looks after the holder sees it; what is done with it stays the holder's. */
export function shownTo({ page, userId }: Held, reader: UserId | null): TicketPage {
  return userId === null || userId === reader ? page : { ...page, canTransfer: false, canGiveBack: false };
}

export interface Held {
  readonly told: string;
  readonly page: TicketPage;
  readonly entryId: CalendarEntryId;
  readonly orderId: OrderId | null;
  readonly userId: UserId | null;
  readonly email: string | null;
  readonly name: string;
  /** The member; empty: a guest. */
  readonly heldBy: string;
}

type Row = Omit<
  TicketPage,
  "id" | "startsAt" | "endsAt" | "answers" | "isOver" | "canTransfer" | "canGiveBack" | "giveBackUntil" | "url" | "holderName"
> & {
  id: string;
  slug: string;
  entryId: string;
  orderId: string | null;
  userId: string | null;
  email: string | null;
  name: string;
  heldBy: string;
  startsAt: string;
  endsAt: string;
  key: string;
  given: TicketAnswers;
  questions: readonly TicketQuestion[];
  refundHours: number | null;
  mayTransfer: boolean;
  isCheckedIn: boolean;
  told: string;
};

/** Of a ticket for all times its next one stands for them. */
export async function readTickets(from: Reads, deps: ServiceDeps, which: SQL): Promise<readonly Held[]> {
  const now = deps.clock.now();
  const { rows } = await from.execute<Row & Record<string, unknown>>(sql`
    select ticket.id, ticket.code, ticket.status, type.name as "typeName", ticket.price_minor as "priceMinor", type.currency, ticket.answers as given,
      ticket.user_id as "userId", coalesce(ticket.email, (select email from user_emails where user_id = ticket.user_id and is_primary)) as email,
      coalesce(nullif(ticket.holder_name, ''), (select name from users where id = ticket.user_id), '') as name,
      coalesce((select name from users where id = ticket.user_id), '') as "heldBy",
      entry.id as "entryId", entry.slug, coalesce(other.title, entry.title) as title, coalesce(other.zone, entry.zone) as zone,
      coalesce(nullif(coalesce(other.place, entry.place), ''), room.name, '') as place, coalesce(other.is_all_day, entry.is_all_day) as "isAllDay",
      coalesce(its.starts_at, entry.starts_at) as "startsAt", coalesce(its.ends_at, entry.ends_at) as "endsAt", ticket.occurrence_key as key,
      entry.recurrence <> '{}' and ticket.occurrence_key = '' as "isPass",
      entry.status <> 'confirmed' or its.id is null or its.is_cancelled as "isOff",
      coalesce(ticket.bought_for <> its.starts_at, false) as "isMoved", ticket.told,
      placed.id as "orderId", placed.reference as "orderReference", coalesce(box.questions, '[]') as questions,
      case when box.entry_id is null then 48 else box.refund_hours end as "refundHours", coalesce(box.can_transfer, true) as "mayTransfer",
      exists (select from check_ins where ticket_id = ticket.id) as "isCheckedIn"
    from tickets as ticket join ticket_types as type on type.id = ticket.ticket_type_id join calendar_entries as entry on entry.id = type.entry_id
    ${itsTime(now)}
    left join ticket_boxes as box on box.entry_id = entry.id
    left join order_lines as line on line.id = ticket.order_line_id left join orders as placed on placed.id = line.order_id
    where ${which} order by ticket.id`);
  return rows.map((row) => heldOf(row, deps, now));
}

function heldOf(row: Row, { publicUrl }: ServiceDeps, now: Date): Held {
  const {
    given,
    questions,
    refundHours,
    mayTransfer,
    isCheckedIn,
    told,
    entryId,
    orderId,
    userId,
    email,
    name,
    heldBy,
    slug,
    key,
    ...page
  } = row;
  const startsAt = new Date(row.startsAt);
  const until = refundHours === null ? null : new Date(startsAt.getTime() - refundHours * 3_600_000);
  const isOpen = row.status === "valid" && !isCheckedIn;
  const isByRule = until !== null && until > now;
  const endsAt = new Date(row.endsAt);
  return {
    ...{
      told,
      email,
      name,
      heldBy,
      entryId: Number(entryId) as CalendarEntryId,
      orderId: orderId === null ? null : (Number(orderId) as OrderId),
    },
    userId: userId === null ? null : (Number(userId) as UserId),
    page: {
      ...page,
      ...{ id: Number(row.id) as TicketId, startsAt, endsAt, holderName: name },
      url: publicUrl("events", `/entries/${slug}${key === "" ? "" : `/${key}`}`),
      answers: questions.flatMap(({ key: asked, label }) => (given[asked] ? [{ label, answer: given[asked] }] : [])),
      isOver: endsAt <= now,
      canTransfer: isOpen && mayTransfer && endsAt > now && !row.isOff,
      canGiveBack: isOpen && (row.isOff || (startsAt > now && (row.isMoved || isByRule))),
      giveBackUntil: isByRule ? until : null,
    },
  };
}

function byHolder(held: readonly Held[]): readonly TicketMail[] {
  const reached = held.filter(({ email }) => email !== null);
  return [...Map.groupBy(reached, ({ email }) => email?.toLowerCase()).values()].map((own) => ({
    email: own[0]?.email ?? "",
    name: own[0]?.name ?? "",
    tickets: own.map(({ page }) => page),
  }));
}

interface Theirs {
  readonly code: string;
  readonly reader: UserId | null;
}

/** The ticket as it is under the lock of its entry. */
async function lockTicket(tx: Tx, deps: ServiceDeps, { code, reader }: Theirs): Promise<Held | null> {
  const [seen] = await readTickets(tx, deps, isReaders(code, reader));
  if (seen === undefined || !(await lockEntry(tx, seen.entryId))) return null;
  return (await readTickets(tx, deps, isReaders(code, reader)))[0] ?? null;
}

async function transfer(
  tx: Tx,
  deps: ServiceDeps,
  { code, reader, to }: Theirs & { to: { email: string; name: string } },
): Promise<boolean> {
  const held = await lockTicket(tx, deps, { code, reader });
  if (held === null || !held.page.canTransfer) return false;
  const { rows } = await tx.execute<{ id: string }>(
    sql`select user_id as id from user_emails where lower(email) = lower(${to.email}) limit 1`,
  );
  const userId = rows[0] === undefined ? null : (Number(rows[0].id) as UserId);
  const holder = userId === null ? { userId: null, email: to.email, holderName: to.name } : { userId, email: null, holderName: to.name };
  const batch = `transfer-${newTicketCode()}`;
  const [moved] = await tx
    .update(tickets)
    .set({ ...holder, code: newTicketCode(), batch, transferredAt: sql`now()` })
    .where(and(eq(tickets.id, held.page.id), eq(tickets.code, code), eq(tickets.status, "valid")))
    .returning({ id: tickets.id });
  if (moved === undefined) return false;
  purgeOnCommit(
    tx,
    [held.userId, userId].flatMap((id) => (id === null ? [] : [`tickets:${id}` as const])),
  );
  await tx.insert(ticketTransfers).values({ ticketId: moved.id, oldCode: code, fromUserId: held.userId });
  await emitActivity(tx, {
    originApp: "events",
    actorId: reader,
    type: "Update",
    object: { type: "Ticket", id: moved.id },
    details: { state: "transferred" },
  });
  await tellIssued(tx, batch, reader);
  return true;
}

/** The seat is free at once, and goes to whoever waits. Money goes back to whoever paid, whoever holds the ticket by now. */
async function giveBack(
  tx: Tx,
  deps: ServiceDeps,
  payments: Pick<PaymentsService, "requestRefund">,
  theirs: Theirs,
): ReturnType<TicketsService["giveBack"]> {
  const seen = (await readTickets(tx, deps, isReaders(theirs.code, theirs.reader)))[0];
  if (seen?.orderId) await tx.execute(sql`select id from orders where id = ${seen.orderId} for update`); // before the entry, as payments do
  const held = await lockTicket(tx, deps, theirs);
  if (held === null || !held.page.canGiveBack) return "closed";
  const { page, orderId, entryId } = held;
  const amountMinor = page.priceMinor - (await returnedOf(tx, page.id));
  if (orderId !== null && amountMinor > 0) {
    const requested = await payments.requestRefund(tx, {
      ...{ orderId, amountMinor, reason: "asked", note: "", by: theirs.reader },
      ...{ requestKey: `ticket:${page.id}`, way: "as-it-came" },
    });
    if (requested.kind === "in-flight") return "in-flight";
    if (requested.kind === "too-much") return "closed";
  }
  const [gone] = await tx
    .update(tickets)
    .set({ status: "cancelled", cancelledAt: sql`now()` })
    .where(and(eq(tickets.id, page.id), ne(tickets.status, "cancelled")))
    .returning({ id: tickets.id });
  if (gone === undefined) return "closed";
  if (held.userId !== null) purgeOnCommit(tx, [`tickets:${held.userId}`]);
  await emitActivity(tx, {
    originApp: "events",
    actorId: theirs.reader,
    type: "Update",
    object: { type: "Ticket", id: page.id },
    details: { state: "cancelled" },
  });
  await offerPlaces(tx, deps, entryId);
  return "given-back";
}
