import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "../../contracts/tx.ts";
import { emitActivity } from "../../infrastructure/activities/index.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import type { CalendarEntryId, TicketTypeId, TicketWaitId } from "../../models/ids.ts";
import { ticketWaits } from "../../models/tickets.ts";
import { countPlaces, type EntryFacts, lockEntry, readEntry, timesThatCount } from "./entry-facts.ts";
import { placesLeft, type SlotCount } from "./places.ts";

interface Waiting {
  readonly id: TicketWaitId;
  readonly typeId: TicketTypeId;
  readonly key: string;
  readonly quantity: number;
}

/**
 * Offers what is free of an entry to whoever waits, by their numbers: whoever is next gets what there is of what they wait for, and only
 * what nobody before them could use goes further down. Returns how many were offered something.
 */
export async function offerPlaces(tx: Tx, { clock }: Pick<ServiceDeps, "clock">, entryId: CalendarEntryId): Promise<number> {
  if (!(await lockEntry(tx, entryId))) return 0;
  const isOfEntry = sql`ticket_type_id in (select id from ticket_types where entry_id = ${entryId})`;
  await tx.execute(sql`update ticket_waits set state = 'lapsed' where state = 'offered' and offered_until <= now() and ${isOfEntry}`);
  const { rows } = await tx.execute<{ id: string; typeId: string; key: string; quantity: number }>(sql`
    select id, ticket_type_id as "typeId", occurrence_key as key, quantity from ticket_waits where state = 'waiting' and ${isOfEntry} order by id`);
  const waiting = rows.map((row) => ({ ...row, id: Number(row.id) as TicketWaitId, typeId: Number(row.typeId) as TicketTypeId }));
  let offered = 0;
  for (const [key, own] of Map.groupBy(waiting, (wait) => wait.key)) offered += await offerAt(tx, { entryId, key, now: clock.now() }, own);
  return offered;
}

async function offerAt(
  tx: Tx,
  { entryId, key, now }: { entryId: CalendarEntryId; key: string; now: Date },
  waiting: readonly Waiting[],
): Promise<number> {
  const entry = await readEntry(tx, { id: entryId }, { key, now });
  if (entry === null || entry.isOff || entry.startsAt <= now) return 0;
  const counts = (await countPlaces(tx, entry, await timesThatCount(tx, entry, now)))
    .filter(({ isClosed }) => !isClosed)
    .map((count) => ({ ...count }));
  let offered = 0;
  for (const wait of waiting) {
    const count = counts.find(({ typeId, key: at }) => typeId === wait.typeId && at === wait.key);
    if (count === undefined) continue;
    const { free } = placesLeft(counts as readonly SlotCount[], entry, wait);
    const quantity = Math.min(free, wait.quantity);
    if (quantity < 1) continue;
    await offer(tx, entry, wait, { quantity, now });
    count.offered += quantity; // counted on in memory, as the row now says
    count.waiting -= wait.quantity;
    offered += 1;
  }
  return offered;
}

/** No longer than until it begins. */
async function offer(tx: Tx, entry: EntryFacts, { id }: Waiting, { quantity, now }: { quantity: number; now: Date }): Promise<void> {
  const minutes = Math.max(1, Math.min(entry.offerMinutes, Math.floor((entry.startsAt.getTime() - now.getTime()) / 60_000)));
  const [made] = await tx
    .update(ticketWaits)
    .set({ state: "offered", quantity, offeredUntil: sql`now() + make_interval(mins => ${minutes}::int)` })
    .where(and(eq(ticketWaits.id, id), eq(ticketWaits.state, "waiting")))
    .returning({ id: ticketWaits.id });
  if (made === undefined) return;
  await emitActivity(tx, { originApp: "events", actorId: null, type: "Offer", object: { type: "TicketWait", id } });
}
