import { sql } from "drizzle-orm";
import type { BusyReason } from "../../contracts/bookings.ts";
import type { RelationHandle, RelationsService } from "../../contracts/relations.ts";
import type { PublicUrl } from "../../infrastructure/service-deps.ts";
import type { RoomId, UserId } from "../../models/ids.ts";
import { relatedTo } from "../calendars/room-claims.ts";
import type { Reads } from "./read-rooms.ts";

type By = { room: number; among: string; slot: string; other: number; by: string };
const BLOCKED_BY: RelationHandle<By> = {
  relation: "events.blocked_by",
  columns: { room: "room", among: "text", slot: "text", other: "room", by: "text" },
};

/** Who asks: isKeeper sees who booked what. */
export interface Asker {
  readonly userId: UserId | null;
  readonly isKeeper: boolean;
}

interface Deps {
  readonly db: Reads;
  readonly relations: Pick<RelationsService, "list">;
  readonly publicUrl: PublicUrl;
}

/** What is known of whatever has a room, by its constant in the relations: "occurrence:7". */
type Facts = Omit<BusyReason, "room" | "where">;

/**
 * Why a room can't be had at the times of its slots, by their keys, as the rules of events derive it. among: whose times are asked for
 * together, "weeks 1351", which are two, or "slot 7".
 */
export async function reasonsOf(
  deps: Deps,
  roomId: RoomId,
  among: string,
  asker: Asker,
): Promise<ReadonlyMap<string, readonly BusyReason[]>> {
  const by = await deps.relations.list(BLOCKED_BY, { room: roomId, among });
  if (by.length === 0) return new Map();
  const [rooms, facts] = await Promise.all([roomsAround(deps.db, roomId), factsOf(deps, [...new Set(by.map((row) => row.by))], asker)]);
  const reasons = by.flatMap((row) => {
    const fact = row.by === "stated" ? STATED : facts.get(row.by);
    const room = rooms.get(row.other);
    return fact === undefined || room === undefined ? [] : [{ slot: row.slot, reason: { ...fact, ...room } }];
  });
  const bySlot = [...Map.groupBy(reasons, ({ slot }) => slot)];
  return new Map(bySlot.map(([slot, own]) => [slot, own.map(({ reason }) => reason).toSorted(bySureness)]));
}

/** Somebody who looks after the rooms said that it is busy. */
const STATED: Facts = { kind: "stated", title: "", who: "", url: null, startsAt: null, endsAt: null, isSeries: false };

const ORDER: Record<BusyReason["kind"], number> = { "own-booking": 0, closed: 1, entry: 2, booking: 3, stated: 4 };
const bySureness = (one: BusyReason, other: BusyReason) => ORDER[one.kind] - ORDER[other.kind];

async function roomsAround(db: Reads, roomId: RoomId): Promise<ReadonlyMap<number, { room: string; where: BusyReason["where"] }>> {
  const { rows } = await db.execute<{ id: string; name: string; lies: BusyReason["where"] }>(sql`
    select related.id, name, lies from (${relatedTo(roomId)}) as related join rooms on rooms.id = related.id`);
  return new Map(rows.map(({ id, name, lies }) => [Number(id), { room: name, where: lies }]));
}

interface FactRow extends Record<string, unknown> {
  constant: string;
  kind: "entry" | "booking" | "closed";
  title: string;
  who: string;
  path: string | null;
  isOwn: boolean;
  startsAt: string | null;
  endsAt: string | null;
  isSeries: boolean;
}

/** What is booked is told to its holder and to keepers; of others nobody learns more than that it is. */
async function factsOf({ db, publicUrl }: Deps, constants: readonly string[], asker: Asker): Promise<ReadonlyMap<string, Facts>> {
  const idsOf = (kind: string) =>
    sql.param(constants.flatMap((constant) => (constant.startsWith(`${kind}:`) ? [Number(constant.slice(kind.length + 1))] : [])));
  const isOwn = sql`booking.user_id is not null and booking.user_id = ${asker.userId}::bigint`;
  const { rows } = await db.execute<FactRow>(sql`
    select 'occurrence:' || its.id as constant, 'entry' as kind, coalesce(other.title, entry.title) as title, '' as who,
      '/entries/' || entry.slug || case when recurrence = '{}' then '' else '/' || its.key end as path, false as "isOwn",
      its.starts_at as "startsAt", its.ends_at as "endsAt", recurrence <> '{}' as "isSeries"
    from occurrences as its join calendar_entries as entry on entry.id = its.entry_id left join entry_overrides as other on other.id = its.override_id
    where its.id = any(${idsOf("occurrence")}::bigint[])
    union all
    select 'booking:' || booking.id, 'booking', case when ${asker.isKeeper} or ${isOwn} then purpose else '' end,
      case when ${asker.isKeeper} then coalesce(nullif(holder_name, ''), users.name, '') else '' end,
      case when ${asker.isKeeper} or ${isOwn} then '/bookings/' || code end, ${isOwn}, null::timestamptz, null::timestamptz, false
    from bookings as booking left join users on users.id = booking.user_id where booking.id = any(${idsOf("booking")}::bigint[])
    union all
    select 'closure:' || closure.id, 'closed', reason, case when ${asker.userId}::bigint is null then '' else coalesce(users.name, '') end, null,
      false, closure.starts_at, closure.ends_at, false
    from room_closures as closure left join users on users.id = closed_by_id where closure.id = any(${idsOf("closure")}::bigint[])`);
  const at = (text: string | null) => (text === null ? null : new Date(text));
  return new Map(
    rows.map(({ constant, kind, path, isOwn: own, startsAt, endsAt, ...row }) => [
      constant,
      {
        ...row,
        kind: own ? "own-booking" : kind,
        url: path === null ? null : publicUrl("events", path),
        ...{ startsAt: at(startsAt), endsAt: at(endsAt) },
      },
    ]),
  );
}
