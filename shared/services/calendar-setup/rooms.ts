import { eq, sql } from "drizzle-orm";
import type { AuditService } from "../../contracts/audit.ts";
import type { CalendarSetupService, RoomLine, SetupResult } from "../../contracts/calendar-setup.ts";
import { CodedError } from "../../contracts/errors.ts";
import type { Tx } from "../../contracts/tx.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { rooms } from "../../models/calendars.ts";
import type { RoomId, UserId } from "../../models/ids.ts";
import { reclaim } from "../calendars/keep-occurrences.ts";
import { freeAddress, slugOf } from "../slugs.ts";

type Rooms = Pick<CalendarSetupService, "listRooms" | "getRoom" | "createRoom" | "saveRoom" | "removeRoom">;

/** Rooms inside rooms. Whoever changes the tree holds all of it. */
export function makeRooms({ db, clock }: ServiceDeps, audit: AuditService): Rooms {
  const note = async (tx: Tx, by: UserId, action: string, id: RoomId, name: string) => {
    await audit.record(tx, { app: "events", by, action, subject: `room:${id}`, reason: "", before: null, after: { name } });
    purgeOnCommit(tx, ["calendar"]);
  };
  return {
    listRooms: () => readRooms(db),
    async getRoom(slug) {
      const all = await readRooms(db);
      const room = all.find((one) => one.slug === slug);
      if (!room) throw new CodedError("not-found", "There is no room of this name.", { slug });
      const whole = all.find(({ id }) => id === room.withinId);
      return { ...room, whole: whole ? { name: whole.name, slug: whole.slug } : null };
    },
    async createRoom(tx, { by, ...details }) {
      const tree = await holdRooms(tx);
      if (details.withinId !== null && !tree.has(details.withinId)) return { kind: "gone" };
      const slug = await freeAddress(tx, "rooms.slug", slugOf(details.name, "room"));
      const position = sql<number>`(select coalesce(max(position), 0) + 1 from ${rooms})`;
      const [made] = await tx
        .insert(rooms)
        .values({ ...details, slug, position })
        .returning({ id: rooms.id });
      if (!made) throw new Error("a room was not made");
      await reclaim(tx, [made.id], clock.now());
      await note(tx, by, "create room", made.id, details.name);
      return { kind: "changed" };
    },
    async saveRoom(tx, { id, details, by }): Promise<SetupResult> {
      const tree = await holdRooms(tx);
      if (!tree.has(id) || (details.withinId !== null && !tree.has(details.withinId))) return { kind: "gone" };
      for (let at: RoomId | null = details.withinId; at !== null; at = tree.get(at) ?? null) if (at === id) return { kind: "in-circles" };
      await tx.update(rooms).set(details).where(eq(rooms.id, id));
      const before = tree.get(id) ?? null;
      await reclaim(tx, before === null ? [id] : [id, before], clock.now());
      await note(tx, by, "edit room", id, details.name);
      return { kind: "changed" };
    },
    async removeRoom(tx, { id, by }) {
      const tree = await holdRooms(tx);
      if (!tree.has(id)) return { kind: "gone" };
      const { rows } = await tx.execute<{ used: boolean }>(sql`
        select exists (select from rooms where within_id = ${id}) or exists (select from calendar_entries where room_id = ${id})
          or exists (select from occurrences where room_id = ${id}) or exists (select from entry_overrides where room_id = ${id})
          or exists (select from room_claims where room_id = ${id}) or exists (select from room_slots where room_id = ${id})
          or exists (select from room_closures where room_id = ${id}) or exists (select from bookings where room_id = ${id}) as used`);
      if (rows[0]?.used) return { kind: "in-use" };
      const whole = tree.get(id) ?? null;
      await tx.delete(rooms).where(eq(rooms.id, id));
      if (whole !== null) await reclaim(tx, [whole], clock.now());
      await note(tx, by, "remove room", id, "");
      return { kind: "changed" };
    },
  };
}

/** Which room is inside which, held against other changes. */
async function holdRooms(tx: Tx): Promise<ReadonlyMap<RoomId, RoomId | null>> {
  const rows = await tx.select({ id: rooms.id, withinId: rooms.withinId }).from(rooms).orderBy(rooms.id).for("update");
  return new Map(rows.map(({ id, withinId }) => [id, withinId]));
}

async function readRooms(db: Pick<Tx, "execute">): Promise<RoomLine[]> {
  const { rows } = await db.execute<
    Omit<RoomLine, "id" | "withinId"> & { id: string; withinId: string | null } & Record<string, unknown>
  >(sql`
    with recursive tree as (
      select id, array[position::bigint, id] as path, 0 as depth from rooms where within_id is null
      union all select rooms.id, path || array[position::bigint, rooms.id], depth + 1 from rooms join tree on rooms.within_id = tree.id
    )
    select rooms.id, name, slug, description, capacity, within_id as "withinId", depth from rooms join tree on tree.id = rooms.id order by path`);
  return rows.map((row) => ({
    ...row,
    id: Number(row.id) as RoomId,
    withinId: row.withinId === null ? null : (Number(row.withinId) as RoomId),
  }));
}
