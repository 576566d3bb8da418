import { sql } from "drizzle-orm";
import type { CartOwner } from "../../contracts/cart.ts";
import type { LineHold, LineKind, LineOffer, LineWish } from "../../contracts/line-kinds.ts";
import type { RelationsService } from "../../contracts/relations.ts";
import { TICKET_KIND } from "../../contracts/tickets.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import type { LineMetadata } from "../../models/cart.ts";
import type { OrderId } from "../../models/ids.ts";
import { PAID_STATUSES } from "../../models/order-states.ts";
import { answersIn, asksEachPlace } from "./answers.ts";
import { countPlaces, type EntryFacts, lockEntry, type Reads, readEntry, type TypeFacts, timesThatCount } from "./entry-facts.ts";
import { placesLeft } from "./places.ts";
import { readRef, refOf, type TicketRef } from "./ref.ts";
import { type FindStanding, makeFindStanding, type Standing } from "./standing.ts";
import { detailOf, limitTrouble, mostOf, slotKey, troubleOf } from "./trouble.ts";

/** Minutes for which tickets in a cart are held. */
const HOLD_MINUTES = 15;

/** Tickets, as the cart sells them: the entry's row is locked, and what is left of it counted, by whoever wants some. */
export function makeTicketKind(plain: ServiceDeps, { relations }: { relations: Pick<RelationsService, "list"> }): LineKind {
  const deps = { ...plain, findStanding: makeFindStanding(relations) };
  return {
    kind: TICKET_KIND,
    holdMinutes: HOLD_MINUTES,
    async read(owner, refs) {
      const offers = refs.map(async (ref) => [ref, await readOffer(deps, owner, ref)] as const);
      return new Map((await Promise.all(offers)).flatMap(([ref, offer]) => (offer === null ? [] : [[ref, offer] as const])));
    },
    hold: (tx, wish) => hold(tx, deps, wish),
    areFree: (tx, orderId) => areFree(tx, deps, orderId),
  };
}

interface Found {
  readonly entry: EntryFacts;
  readonly type: TypeFacts;
  readonly counts: readonly TypeFacts[];
}

/** The type that a ref names, with what is counted; null: there is none any more, or it is for something else by now. */
async function findOfRef(
  from: Reads,
  { clock }: Pick<ServiceDeps, "clock">,
  of: TicketRef,
  except: { lineId?: number | null; orderId?: number | null },
): Promise<Found | null> {
  const now = clock.now();
  const entry = await readEntry(from, { id: of.entryId }, { key: of.key, now });
  if (entry === null) return null;
  const keys = of.key === "" ? await timesThatCount(from, entry, now) : [of.key];
  const counts = await countPlaces(from, entry, keys, { lineId: except.lineId ?? 0, orderId: except.orderId ?? 0 });
  const type = counts.find(({ typeId, key }) => typeId === of.typeId && key === of.key);
  const isPrice =
    type !== undefined && type.isDonation === (of.amountMinor !== null) && (of.amountMinor ?? 0) >= (type.isDonation ? type.priceMinor : 0);
  if (type === undefined || !isPrice || slotKey({ ...entry, key: of.key }, type) !== of.key) return null;
  return { entry, type, counts };
}

type Deps = ServiceDeps & { readonly findStanding: FindStanding };

async function readOffer(deps: Deps, owner: CartOwner, ref: string): Promise<LineOffer | null> {
  const of = readRef(ref);
  if (of === null) return null;
  const own = (await ownLines(deps.db, owner, of)).find((line) => line.ref === ref);
  const found = await findOfRef(deps.db, deps, of, { lineId: own?.id ?? 0 });
  if (found === null) return null;
  const [before, standing] = await Promise.all([boughtBefore(deps.db, owner, of), standingOf(deps, deps.db, owner, found)]);
  const answered = answeredFor(found, own?.metadata ?? {});
  return offerOf(deps, found, of, { standing, code: null, own: own?.live ?? 0, before, answered });
}

function standingOf({ findStanding }: Deps, from: Reads, owner: CartOwner, { type }: Found): Promise<Standing> {
  return findStanding(from, owner.kind === "member" ? owner.userId : null, [type]);
}

/** For how many places there are answers, where each has to be answered for. */
function answeredFor({ entry }: Found, metadata: LineMetadata): number {
  return asksEachPlace(entry.questions) ? answersIn(metadata).seats.length : Number.POSITIVE_INFINITY;
}

async function hold(tx: Tx, deps: Deps, { owner, ref, quantity, metadata, lineId }: LineWish): Promise<LineHold | null> {
  const of = readRef(ref);
  if (of === null || !(await lockEntry(tx, of.entryId))) return null;
  const found = await findOfRef(tx, deps, of, { lineId });
  if (found === null) return null;
  const lines = await ownLines(tx, owner, of);
  const live = lines.find((line) => line.ref === ref)?.live ?? 0;
  const own = Math.max(live, await offeredTo(tx, of, metadata["wait"]));
  const code = String(metadata["code"] ?? "");
  const [before, standing] = [await boughtBefore(tx, owner, of), await standingOf(deps, tx, owner, found)];
  const counted = { ...found, counts: withLapsed(found.counts, lines, ref) };
  const offer = offerOf(deps, counted, of, { standing, code, own, before, answered: answeredFor(found, metadata) });
  return { quantity: Math.min(quantity, offer.most ?? quantity), offer };
}

interface Wish {
  readonly standing: Standing;
  readonly code: string | null;
  /** Places that are kept for them already. */
  readonly own: number;
  readonly before: number;
  readonly answered: number;
}

function offerOf(deps: ServiceDeps, { entry, type, counts }: Found, of: TicketRef, wish: Wish): LineOffer {
  const { clock, locale, publicUrl } = deps;
  const most = Math.min(mostOf(counts, entry, type, wish), wish.answered);
  const trouble = troubleOf(entry, type, { ...wish, now: clock.now(), locale }) || limitTrouble(type, wish.before);
  return {
    title: entry.title,
    detail: detailOf(entry, type, locale),
    url: publicUrl("events", `/entries/${entry.slug}${of.key === "" ? "" : `/${of.key}`}`),
    unitPriceMinor: of.amountMinor ?? type.priceMinor,
    currency: type.currency,
    vatClass: type.vatClass,
    calendarId: entry.calendarId,
    most: trouble !== "" ? 0 : Number.isFinite(most) ? most : null,
    trouble: trouble || (most === 0 ? "Nothing of it is left at the moment." : ""),
  };
}

interface OwnLine {
  readonly id: number;
  readonly ref: string;
  readonly quantity: number;
  /** Of them, what is held. */
  readonly live: number;
  readonly metadata: LineMetadata;
}

/** What somebody's cart has of an entry. */
async function ownLines(from: Reads, owner: CartOwner, { entryId }: TicketRef): Promise<readonly OwnLine[]> {
  const isOwn = owner.kind === "member" ? sql`carts.user_id = ${owner.userId}` : sql`carts.device_id = ${owner.deviceId}`;
  const { rows } = await from.execute<Omit<OwnLine, "id"> & Record<"id", string>>(sql`
    select line.id, ref, quantity, metadata, case when held_until > now() then quantity else 0 end as live
    from cart_lines as line join carts on carts.id = cart_id
    where ${isOwn} and kind = ${TICKET_KIND} and starts_with(ref, ${`${String(entryId).padStart(12, "0")}.`})`);
  return rows.map((row) => ({ ...row, id: Number(row.id) }));
}

/** The counts with what other lines of the same cart want and do not hold any more: at the checkout they are held again, one after the other. */
function withLapsed(counts: readonly TypeFacts[], lines: readonly OwnLine[], ref: string): readonly TypeFacts[] {
  return counts.map((count) => {
    const lapsed = lines.filter((line) => {
      const of = line.ref === ref ? null : readRef(line.ref);
      return of?.typeId === count.typeId && of.key === count.key;
    });
    return { ...count, taken: count.taken + lapsed.reduce((sum, { quantity, live }) => sum + quantity - live, 0) };
  });
}

/** What the waiting list kept for whoever has this token, and let them have. */
async function offeredTo(tx: Tx, of: TicketRef, token: string | number | boolean | null | undefined): Promise<number> {
  if (typeof token !== "string" || token === "") return 0;
  const { rows } = await tx.execute<{ quantity: number }>(sql`
    select quantity from ticket_waits where token = ${token} and ticket_type_id = ${of.typeId} and occurrence_key = ${of.key} and state = 'taken'`);
  return rows[0]?.quantity ?? 0;
}

/** Tickets of that type and time that somebody has ordered or got before, whatever they paid for each. */
export async function boughtBefore(from: Reads, owner: CartOwner, of: TicketRef): Promise<number> {
  const paid = sql.raw(PAID_STATUSES.map((status) => `'${status}'`).join(", "));
  const isOwn = owner.kind === "member" ? sql`orders.user_id = ${owner.userId}` : sql`orders.device_id = ${owner.deviceId}`;
  const free = owner.kind === "member" ? sql`free.user_id = ${owner.userId}` : sql`false`;
  const ref = refOf({ ...of, amountMinor: null });
  const { rows } = await from.execute<{ before: number }>(sql`
    select ((select coalesce(sum(quantity - (select count(*) from tickets where order_line_id = line.id and tickets.status = 'cancelled')), 0)
        from orders join order_lines as line on line.order_id = orders.id
        where ${isOwn} and line.kind = ${TICKET_KIND} and (line.ref = ${ref} or starts_with(line.ref, ${`${ref}.p`}))
          and orders.status in (${paid}, 'pending_payment'))
      + (select count(*) from tickets as free where ${free} and ticket_type_id = ${of.typeId} and occurrence_key = ${of.key}
          and order_line_id is null and status <> 'cancelled'))::int as before`);
  return rows[0]?.before ?? 0;
}

async function areFree(tx: Tx, deps: ServiceDeps, orderId: OrderId): Promise<boolean> {
  const { rows } = await tx.execute<{ ref: string; quantity: number }>(sql`
    select ref, quantity from order_lines where order_id = ${orderId} and kind = ${TICKET_KIND} order by ref, id`);
  for (const { ref, quantity } of rows) {
    const of = readRef(ref);
    if (of === null || !(await lockEntry(tx, of.entryId))) return false;
    const found = await findOfRef(tx, deps, of, { orderId });
    if (found === null || found.entry.isOff) return false;
    const { typeId, key } = found.type;
    const counted = found.counts.map((count) => ({ ...count, taken: count.taken + othersOf(rows, ref, count) }));
    if (placesLeft(counted, found.entry, { typeId, key }).open < quantity) return false;
  }
  return true;
}

/** What other lines of the same order want of this type and time: they are all left out of what is taken. */
function othersOf(lines: readonly { ref: string; quantity: number }[], ref: string, { typeId, key }: TypeFacts): number {
  return lines.reduce((sum, line) => {
    const of = line.ref === ref ? null : readRef(line.ref);
    return of?.typeId === typeId && of.key === key ? sum + line.quantity : sum;
  }, 0);
}
