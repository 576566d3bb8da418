import { and, eq, isNull, sql } from "drizzle-orm";
import type { AuditService } from "../../contracts/audit.ts";
import type { ClosureDraft, RoomDeskService } from "../../contracts/room-desk.ts";
import type { FieldError } from "../../contracts/tickets.ts";
import type { Tx } from "../../contracts/tx.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { IS_LIVE_BOOKING, roomClosures } from "../../models/bookings.ts";
import type { RoomClosureId, RoomId } from "../../models/ids.ts";
import { giveUpClosed, placeUnplaced } from "../calendars/keep-occurrences.ts";
import { LEAVES, relatedTo } from "../calendars/room-claims.ts";
import type { FindKeptRoom } from "./kept.ts";

const MOST_REASON_LETTERS = 300;

interface Beside {
  readonly findKept: FindKeptRoom;
  readonly audit: Pick<AuditService, "record">;
}

/** Closing rooms by hand, and opening them again. */
export function makeClosing(deps: ServiceDeps, { findKept, audit }: Beside): Pick<RoomDeskService, "close" | "lift"> {
  const { clock } = deps;
  return {
    async close(tx, by, draft) {
      const { room } = await findKept(tx, by, draft.roomSlug);
      const errors = wrongClosure(draft, clock.now());
      const { startsAt, endsAt, reason, isOpenEnded } = draft;
      if (errors.length > 0 || startsAt === null) return { kind: "wrong", errors };
      await lockLeaves(tx, room.id);
      const [made] = await tx
        .insert(roomClosures)
        .values({ roomId: room.id, startsAt, endsAt: isOpenEnded ? null : endsAt, reason, closedById: by })
        .returning({ id: roomClosures.id });
      if (made === undefined) throw new Error("a closure was not made");
      const unplaced = await giveUpClosed(tx, made.id, clock.now());
      const after = { startsAt: startsAt.toISOString(), endsAt: isOpenEnded ? null : (endsAt?.toISOString() ?? null) };
      await audit.record(tx, { app: "events", by, action: "close room", subject: `room:${room.id}`, reason, before: null, after });
      purgeOnCommit(tx, ["calendar"]);
      return { kind: "closed", unplaced, bookings: await countBookings(tx, made.id) };
    },
    async lift(tx, by, { roomSlug, id }) {
      const { room } = await findKept(tx, by, roomSlug);
      const [lifted] = await tx
        .update(roomClosures)
        .set({ liftedAt: clock.now() })
        .where(and(eq(roomClosures.id, id), eq(roomClosures.roomId, room.id), isNull(roomClosures.liftedAt)))
        .returning({ reason: roomClosures.reason });
      if (lifted === undefined) return false;
      await placeUnplaced(tx, clock.now());
      const about = { app: "events", by, subject: `room:${room.id}`, before: null, after: null } as const;
      await audit.record(tx, { ...about, action: "open room", reason: lifted.reason });
      purgeOnCommit(tx, ["calendar"]);
      return true;
    },
  };
}

function wrongClosure({ startsAt, endsAt, isOpenEnded, reason }: ClosureDraft, now: Date): readonly FieldError[] {
  const wrong: [boolean, string, string][] = [
    [
      reason === "" || reason.length > MOST_REASON_LETTERS,
      "reason",
      `Say why, in up to ${MOST_REASON_LETTERS} letters: whoever wants the room reads it.`,
    ],
    [startsAt === null, "startsAt", "From when?"],
    [!isOpenEnded && endsAt === null, "endsAt", "Until when? Or tick that nobody knows yet."],
    [!isOpenEnded && startsAt !== null && endsAt !== null && endsAt <= startsAt, "endsAt", "It ends before it begins."],
    [!isOpenEnded && endsAt !== null && endsAt <= now, "endsAt", "This is over already."],
  ];
  return wrong.flatMap(([isWrong, field, message]) => (isWrong ? [{ field, message }] : []));
}

/** Whoever is claiming one of them ends first; whoever comes later sees that it is closed. */
async function lockLeaves(tx: Tx, roomId: RoomId): Promise<void> {
  await tx.execute(
    sql`select id from rooms where id in (select leaf from (${LEAVES}) as leaves where root = ${roomId}) order by id for update`,
  );
}

/** Bookings that stand in a closed time, until a keeper calls them off. */
async function countBookings(tx: Tx, id: RoomClosureId): Promise<number> {
  const { rows } = await tx.execute<{ count: number }>(sql`
    select count(distinct booking.id)::int as count from room_closures as closure
    join booking_times as its on tstzrange(its.starts_at, its.ends_at) && tstzrange(closure.starts_at, closure.ends_at) and not its.is_off
    join bookings as booking on booking.id = its.booking_id and booking.room_id in (select id from (${relatedTo(sql`closure.room_id`)}) as related)
    where closure.id = ${id} and its.ends_at > now() and ${sql.raw(IS_LIVE_BOOKING)}`);
  return rows[0]?.count ?? 0;
}
