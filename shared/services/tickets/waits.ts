import { and, eq, inArray, sql } from "drizzle-orm";
import type { CartOwner } from "../../contracts/cart.ts";
import type { TakeResult, TicketsService, TicketTaker, WaitView } from "../../contracts/tickets.ts";
import type { Tx } from "../../contracts/tx.ts";
import { randomToken } from "../../infrastructure/keys/index.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import type { CalendarEntryId, TicketTypeId, TicketWaitId, UserId } from "../../models/ids.ts";
import { ticketWaits } from "../../models/tickets.ts";
import { lockCart } from "../cart/owner.ts";
import type { GivenAnswers } from "./answers.ts";
import { lockEntry, lockNamed, type Reads, readEntry } from "./entry-facts.ts";
import { offerPlaces } from "./offers.ts";
import { placesLeft } from "./places.ts";
import { findChosen, putIntoCart, type TakeBeside, takeFree } from "./take.ts";
import { troubleOf } from "./trouble.ts";

type Waits = "joinWaiting" | "findWait" | "leaveWaiting" | "acceptOffer" | "listWaited" | "offerPlaces" | "findOffer";

/** The waiting list. Whoever joins is given their number under the lock of the entry: numbers are in the order in which people came. */
export function makeWaits(deps: ServiceDeps, beside: TakeBeside): Pick<TicketsService, Waits> {
  const { db, clock, locale } = deps;
  return {
    async joinWaiting(tx, taker, choice) {
      const now = clock.now();
      if ((await lockNamed(tx, choice.slug)) === null) return { kind: "gone" };
      const found = await findChosen(tx, choice, now);
      if (found === null || !found.entry.hasWaitingList) return { kind: "gone" };
      const { entry, type, counts } = found;
      const standing = await beside.findStanding(tx, taker.kind === "member" ? taker.userId : null, [type]);
      if (troubleOf(entry, type, { standing, code: choice.code, now, locale }) !== "") return { kind: "gone" };
      if (placesLeft(counts, entry, type).open > 0) return { kind: "free" };
      const quantity = Math.min(choice.quantity, type.perPerson ?? 20, 20);
      const token = await join(tx, { typeId: type.typeId, key: type.key, quantity, taker });
      const wait = await findWait(tx, deps, sql`wait.token = ${token}`);
      return { kind: "waiting", token, place: wait?.place ?? 1 };
    },
    findWait: (token) => findWait(db, deps, sql`wait.token = ${token}`),
    async leaveWaiting(tx, token) {
      const entryId = await entryOf(tx, token);
      if (entryId === null || !(await lockEntry(tx, entryId))) return;
      await tx
        .update(ticketWaits)
        .set({ state: "left" })
        .where(and(eq(ticketWaits.token, token), inArray(ticketWaits.state, ["waiting", "offered"])));
      await offerPlaces(tx, deps, entryId);
    },
    acceptOffer: (tx, token, owner, given) => acceptOffer(tx, deps, beside, { token, owner, given }),
    async listWaited() {
      const { rows } = await db.execute<{ id: string }>(sql`
        select distinct type.entry_id as id from ticket_waits as wait join ticket_types as type on type.id = ticket_type_id
        where wait.state in ('waiting', 'offered') order by id`);
      return rows.map(({ id }) => Number(id) as CalendarEntryId);
    },
    offerPlaces: (tx, entryId) => offerPlaces(tx, deps, entryId),
    async findOffer(id) {
      const { rows } = await db.execute<{ email: string | null; name: string }>(sql`
        select coalesce(wait.email, (select email from user_emails where user_id = wait.user_id and is_primary)) as email,
          coalesce(nullif(wait.name, ''), (select name from users where id = wait.user_id), '') as name
        from ticket_waits as wait where id = ${id} and state = 'offered' and offered_until > now()`);
      const wait = await findWait(db, deps, sql`wait.id = ${id}`);
      const [to] = rows;
      return !to?.email || wait === null ? null : { email: to.email, name: to.name, wait };
    },
  };
}

/** Who waits already keeps their place. */
async function join(tx: Tx, what: { typeId: TicketTypeId; key: string; quantity: number; taker: TicketTaker }): Promise<string> {
  const { typeId, key, quantity, taker } = what;
  const isTheirs = taker.kind === "member" ? eq(ticketWaits.userId, taker.userId) : eq(ticketWaits.email, taker.email.toLowerCase());
  const isLive = inArray(ticketWaits.state, ["waiting", "offered"]);
  const [before] = await tx
    .select({ token: ticketWaits.token })
    .from(ticketWaits)
    .where(and(isTheirs, isLive, eq(ticketWaits.ticketTypeId, typeId), eq(ticketWaits.occurrenceKey, key)));
  if (before !== undefined) return before.token;
  const token = randomToken();
  const who = taker.kind === "member" ? { userId: taker.userId } : { email: taker.email.toLowerCase(), name: taker.name };
  await tx.insert(ticketWaits).values({ ticketTypeId: typeId, occurrenceKey: key, quantity, token, ...who });
  return token;
}

async function entryOf(from: Reads, token: string): Promise<CalendarEntryId | null> {
  const { rows } = await from.execute<{ id: string }>(sql`
    select entry_id as id from ticket_waits join ticket_types on ticket_types.id = ticket_type_id where token = ${token}`);
  return rows[0] === undefined ? null : (Number(rows[0].id) as CalendarEntryId);
}

interface Accepted {
  readonly token: string;
  readonly owner: CartOwner;
  readonly given: GivenAnswers;
}

/**
 * The offer ends and the hold begins in one transaction, under the lock of the entry: nobody comes between. The cart is locked first,
 * as whoever orders it does. What can't be taken stays offered.
 */
async function acceptOffer(tx: Tx, deps: ServiceDeps, beside: TakeBeside, accepted: Accepted): Promise<TakeResult> {
  const { token, owner, given } = accepted;
  const seen = await findWait(tx, deps, sql`wait.token = ${token}`);
  if (seen === null) return { kind: "gone" };
  if (!seen.isFree) await lockCart(tx, owner);
  const taken = await settleOffer(tx, token);
  if (taken === null) return { kind: "refused", trouble: "This offer is over." };
  const { slug, key, typeId, quantity, priceMinor: amountMinor, code } = taken;
  const choice = { slug, key, typeId, quantity, amountMinor, code, ...given };
  const result = seen.isFree
    ? await takeFree(tx, deps, beside, { taker: takerOf(taken), choice, kept: quantity })
    : await putIntoCart(tx, deps, beside, { owner, choice, wait: token });
  if (result.kind === "in-cart" || result.kind === "issued") return result;
  await tx.update(ticketWaits).set({ state: "offered" }).where(eq(ticketWaits.token, token));
  return result;
}

interface Taken {
  readonly typeId: TicketTypeId;
  readonly key: string;
  readonly slug: string;
  readonly quantity: number;
  readonly userId: UserId | null;
  readonly email: string | null;
  readonly name: string;
  readonly priceMinor: number | null;
  readonly code: string;
}

async function settleOffer(tx: Tx, token: string): Promise<Taken | null> {
  const entryId = await entryOf(tx, token);
  if (entryId === null || !(await lockEntry(tx, entryId))) return null;
  const { rows } = await tx.execute<Omit<Taken, "typeId" | "userId"> & { typeId: string; userId: string | null }>(sql`
    update ticket_waits as wait set state = 'taken' from ticket_types as type join calendar_entries as entry on entry.id = type.entry_id
    where wait.token = ${token} and wait.state = 'offered' and wait.offered_until > now() and type.id = wait.ticket_type_id
    returning type.id as "typeId", wait.occurrence_key as key, entry.slug, wait.quantity, wait.user_id as "userId", wait.email, wait.name,
      case when type.is_donation then greatest(type.price_minor, 1) end as "priceMinor", type.code`);
  const [row] = rows;
  if (row === undefined) return null;
  return { ...row, typeId: Number(row.typeId) as TicketTypeId, userId: row.userId === null ? null : (Number(row.userId) as UserId) };
}

function takerOf({ userId, email, name }: Taken): TicketTaker {
  return userId === null ? { kind: "guest", email: email ?? "", name } : { kind: "member", userId };
}

type WaitRow = Omit<WaitView, "offeredUntil" | "title" | "url" | "startsAt" | "zone" | "questions" | "id"> & {
  id: string;
  offeredUntil: string | null;
  entryId: string;
  key: string;
};

/** place: 1 is next of those who wait for anything of that entry at that time. */
async function findWait(from: Reads, { clock, publicUrl }: ServiceDeps, which: ReturnType<typeof sql>): Promise<WaitView | null> {
  const { rows } = await from.execute<WaitRow & Record<string, unknown>>(sql`
    select wait.id, wait.token, wait.quantity, wait.offered_until as "offeredUntil", type.name as "typeName", type.entry_id as "entryId",
      wait.occurrence_key as key, type.price_minor = 0 and not type.is_donation as "isFree",
      case when wait.state = 'offered' and wait.offered_until <= now() then 'lapsed' else wait.state end as state,
      (select count(*)::int from ticket_waits as sooner join ticket_types as other on other.id = sooner.ticket_type_id
        where other.entry_id = type.entry_id and sooner.occurrence_key = wait.occurrence_key and sooner.state = 'waiting' and sooner.id <= wait.id) as place
    from ticket_waits as wait join ticket_types as type on type.id = wait.ticket_type_id where ${which}`);
  const [row] = rows;
  if (row === undefined) return null;
  const entry = await readEntry(from, { id: Number(row.entryId) as CalendarEntryId }, { key: row.key, now: clock.now() });
  if (entry === null) return null;
  return {
    ...{ id: Number(row.id) as TicketWaitId, token: row.token, state: row.state, place: row.place, quantity: row.quantity },
    offeredUntil: row.offeredUntil === null ? null : new Date(row.offeredUntil),
    ...{
      typeName: row.typeName,
      isFree: row.isFree,
      title: entry.title,
      startsAt: entry.startsAt,
      zone: entry.zone,
      questions: entry.questions,
    },
    url: publicUrl("events", `/entries/${entry.slug}${row.key === "" ? "" : `/${row.key}`}`),
  };
}
