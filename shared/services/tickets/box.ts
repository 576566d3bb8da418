import { sql } from "drizzle-orm";
import type { CartOwner } from "../../contracts/cart.ts";
import { CodedError } from "../../contracts/errors.ts";
import { type OfferedType, TICKET_KIND, type TicketBox, type TicketsService } from "../../contracts/tickets.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { countPlaces, type EntryFacts, type Reads, readEntry, type TypeFacts, timesThatCount } from "./entry-facts.ts";
import { boughtBefore } from "./kind.ts";
import type { FindStanding, Standing } from "./standing.ts";
import { isSameCode, limitTrouble, mostOf, slotKey, troubleOf } from "./trouble.ts";

/** The most that a form offers at once. */
const MOST_AT_ONCE = 20;

/** What stands in the box of one time. */
export function makeGetBox(deps: ServiceDeps, { findStanding }: { findStanding: FindStanding }): TicketsService["getBox"] {
  const { db, clock, publicUrl } = deps;
  return async (owner, { slug, key }, code) => {
    const now = clock.now();
    const entry = await readEntry(db, { slug }, { key, now });
    if (entry === null) throw new CodedError("not-found", "There is nothing in the calendars at this address.", { slug, key });
    const counts = await countPlaces(db, entry, await timesThatCount(db, entry, now));
    const own = counts.filter((type) => !type.isFromBefore && type.key === slotKey(entry, type));
    const shown = own.filter((type) => type.code === "" || (code !== "" && isSameCode(type.code, code)));
    const standing = await findStanding(db, owner?.kind === "member" ? owner.userId : null, shown);
    const types = shown.map((type) => offeredType(deps, { entry, type, counts, owner, standing, code }));
    return {
      entryId: entry.id,
      title: entry.title,
      url: publicUrl("events", `/entries/${entry.slug}${entry.key === "" ? "" : `/${entry.key}`}`),
      key: entry.key,
      types: await Promise.all(types),
      held: owner === null ? [] : await heldOf(db, owner, entry),
      startsAt: entry.startsAt,
      isAllDay: entry.isAllDay,
      zone: entry.zone,
      questions: entry.questions,
      hasHidden: own.length > shown.length,
      refundHours: entry.refundHours,
      isOpen: !entry.isOff && entry.endsAt > now,
    };
  };
}

async function heldOf(from: Reads, owner: CartOwner, { id, key }: EntryFacts): Promise<TicketBox["held"]> {
  const isOwn = owner.kind === "member" ? sql`carts.user_id = ${owner.userId}` : sql`carts.device_id = ${owner.deviceId}`;
  const { rows } = await from.execute<{ typeName: string; quantity: number; until: string }>(sql`
    select type.name as "typeName", line.quantity, line.held_until as until
    from cart_lines as line join carts on carts.id = line.cart_id
    join ticket_types as type on type.id::text = split_part(line.ref, '.', 2)
    where ${isOwn} and line.kind = ${TICKET_KIND} and type.entry_id = ${id} and split_part(line.ref, '.', 3) in ('-', ${key}) and line.held_until > now()
    order by line.id`);
  return rows.map((row) => ({ ...row, until: new Date(row.until) }));
}

interface Shown {
  readonly entry: EntryFacts;
  readonly type: TypeFacts;
  readonly counts: readonly TypeFacts[];
  readonly owner: CartOwner | null;
  readonly standing: Standing;
  readonly code: string;
}

async function offeredType(
  { db, clock, locale }: ServiceDeps,
  { entry, type, counts, owner, standing, code }: Shown,
): Promise<OfferedType> {
  const trouble = troubleOf(entry, type, { standing, code, now: clock.now(), locale });
  const of = { entryId: entry.id, typeId: type.typeId, key: type.key, amountMinor: null };
  const before = owner === null || type.perPerson === null ? 0 : await boughtBefore(db, owner, of);
  const left = mostOf(counts, entry, { ...type, perPerson: null }, { own: 0, before: 0 });
  const most = mostOf(counts, entry, type, { own: 0, before });
  const canBeSold = trouble === "";
  return {
    id: type.typeId,
    name: type.name,
    priceMinor: type.priceMinor,
    currency: type.currency,
    capacity: type.capacity,
    left: Number.isFinite(left) ? left : null,
    most: canBeSold ? Math.min(most, MOST_AT_ONCE) : 0,
    isPass: entry.isSeries && type.covers === "whole",
    isDonation: type.isDonation,
    isFree: type.priceMinor === 0 && !type.isDonation,
    isForMembers: type.isForMembers,
    groupName: type.groupName,
    trouble: trouble || limitTrouble(type, before),
    canWait: canBeSold && left === 0 && entry.hasWaitingList && limitTrouble(type, before) === "",
  };
}
