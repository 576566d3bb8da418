import { type SQL, sql } from "drizzle-orm";
import type { AuditService } from "../../contracts/audit.ts";
import type { CheckIn, DoorGuest, DoorScan, TicketDeskService } from "../../contracts/ticket-desk.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import type { UserId } from "../../models/ids.ts";
import { isPartOff } from "../../models/tickets.ts";
import type { EntryFacts, Reads } from "./entry-facts.ts";

/** What a door without network read longer ago counts as read then. */
const OFFLINE_DAYS = 7;

/** Finds what somebody looks after. Throws not-found where it is none of theirs. */
export type FindKept = (from: Reads, by: UserId, time: { slug: string; key: string | null }) => Promise<EntryFacts>;

interface Beside {
  readonly findKept: FindKept;
  readonly audit: Pick<AuditService, "record">;
}

/** Who may come in, and who did. */
export function makeDoor({ db, clock }: ServiceDeps, { findKept, audit }: Beside): Pick<TicketDeskService, "getDoor" | "checkIn"> {
  return {
    async getDoor(by, slug, key) {
      const entry = await findKept(db, by, { slug, key });
      const { rows } = await db.execute<Omit<DoorGuest, "inAt"> & { inAt: string | null }>(sql`
        select ticket.code, type.name as "typeName", ticket.answers, seen.at as "inAt", seen.id is not null or ticket.status = 'used' as "isIn",
          coalesce(nullif(ticket.holder_name, ''), (select name from users where id = ticket.user_id), ticket.email, '') as name
        from tickets as ticket join ticket_types as type on type.id = ticket.ticket_type_id
        left join check_ins as seen on seen.ticket_id = ticket.id and seen.occurrence_key = ${entry.key}
        where (type.entry_id = ${entry.id} or (ticket.occurrence_key = '' and ${isFromBefore(entry)}))
          and ticket.occurrence_key in ('', ${entry.key}) and ticket.status <> 'cancelled' order by lower(coalesce(nullif(ticket.holder_name, ''), (select name from users where id = ticket.user_id), '')), ticket.id`);
      const guests = rows.map(({ inAt, ...guest }) => ({ ...guest, inAt: inAt === null ? null : new Date(inAt) }));
      return { time: entry, questions: entry.questions, guests };
    },
    async checkIn(tx, scan) {
      const entry = await findKept(tx, scan.by, scan);
      return checkIn(tx, entry, scan, { audit, now: clock.now() });
    },
  };
}

interface Found extends Record<string, unknown> {
  id: string;
  status: "valid" | "used" | "cancelled";
  name: string;
  typeName: string;
  entryId: string;
  /** It was handed out for the series that this one was a part of then. */
  isFromBefore: boolean;
  key: string;
  title: string;
  startsAt: string;
  zone: string;
}

/** Of the ticket and type around. */
function isFromBefore({ id, continues }: EntryFacts): SQL {
  return sql`(type.entry_id = any(${sql.param(continues)}::bigint[])
    and ticket.created_at <= (select created_at from calendar_entries as this where this.id = ${id})
    and not ${isPartOff("ticket", id)})`;
}

/** The code in what was read: a camera gives the address of the ticket. */
function codeIn(read: string): string {
  return (read.trim().split("/").at(-1) ?? "").toUpperCase().slice(0, 60);
}

/** One row in check_ins lets in, whoever asks at the same moment. */
async function checkIn(tx: Tx, entry: EntryFacts, scan: DoorScan, { audit, now }: { audit: Beside["audit"]; now: Date }): Promise<CheckIn> {
  const code = codeIn(scan.code);
  const ticket = await findTicket(tx, code, entry);
  if (ticket === null) return { kind: (await wasTransferred(tx, code)) ? "transferred" : "unknown" };
  const isOfEntry = Number(ticket.entryId) === entry.id;
  const isPass = ticket.key === "" && (isOfEntry ? entry.isSeries : ticket.isFromBefore);
  const isHere = isPass || (isOfEntry && ticket.key === entry.key);
  if (!isHere) return { kind: "elsewhere", title: ticket.title, startsAt: new Date(ticket.startsAt), zone: ticket.zone };
  if (entry.isOff) return { kind: "off" };
  if (ticket.status === "cancelled") return { kind: "cancelled" };
  const earliest = now.getTime() - OFFLINE_DAYS * 86_400_000;
  const readAt = scan.readAt === null ? null : new Date(Math.min(now.getTime(), Math.max(earliest, scan.readAt.getTime())));
  const { name, typeName } = ticket;
  const { rows } = await tx.execute<{ at: string }>(sql`
    insert into check_ins (ticket_id, occurrence_key, at, by_id, was_offline)
    select id, ${entry.key}, ${(readAt ?? now).toISOString()}::timestamptz, ${scan.by}, ${readAt !== null} from tickets
    where id = ${ticket.id} and status <> 'cancelled' and (status <> 'used' or ${isPass})
    on conflict (ticket_id, occurrence_key) do nothing returning at`);
  if (rows.length === 0) return again(tx, ticket, entry.key);
  if (!isPass) await tx.execute(sql`update tickets set status = 'used' where id = ${ticket.id} and status = 'valid'`);
  const about = { app: "events", by: scan.by, subject: `ticket:${ticket.id}`, reason: "", before: null } as const;
  await audit.record(tx, { ...about, action: "check in", after: { entry: entry.id, time: entry.key, wasOffline: readAt !== null } });
  return { kind: "welcome", name, typeName };
}

async function findTicket(tx: Tx, code: string, at: EntryFacts): Promise<Found | null> {
  const { rows } = await tx.execute<Found>(sql`
    select ticket.id, ticket.status, type.name as "typeName", type.entry_id as "entryId", ticket.occurrence_key as key, entry.title, entry.zone, ${isFromBefore(at)} as "isFromBefore",
      coalesce(nullif(ticket.holder_name, ''), (select name from users where id = ticket.user_id), ticket.email, '') as name,
      coalesce((select starts_at from occurrences as its where its.entry_id = entry.id and its.key = ticket.occurrence_key), entry.starts_at) as "startsAt"
    from tickets as ticket join ticket_types as type on type.id = ticket.ticket_type_id join calendar_entries as entry on entry.id = type.entry_id
    where ticket.code = ${code} for no key update of ticket`);
  return rows[0] ?? null;
}

async function wasTransferred(tx: Tx, code: string): Promise<boolean> {
  const { rows } = await tx.execute(sql`select id from ticket_transfers where old_code = ${code}`);
  return rows.length > 0;
}

async function again(tx: Tx, { id, name, typeName }: Found, key: string): Promise<CheckIn> {
  const { rows } = await tx.execute<{ at: string; by: string }>(sql`
    select at, coalesce((select users.name from users where users.id = by_id), '') as by from check_ins where ticket_id = ${id} and occurrence_key = ${key}`);
  const [first] = rows;
  return { kind: "again", name, typeName, at: first === undefined ? null : new Date(first.at), by: first?.by ?? "" };
}
