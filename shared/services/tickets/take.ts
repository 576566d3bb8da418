import { randomInt, randomUUID } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import type { CartOwner, CartService } from "../../contracts/cart.ts";
import {
  type FieldError,
  MAX_DONATION_MINOR,
  type TakeResult,
  TICKET_KIND,
  type TicketChoice,
  type TicketsService,
  type TicketTaker,
} from "../../contracts/tickets.ts";
import type { Tx } from "../../contracts/tx.ts";
import { emitActivity } from "../../infrastructure/activities/index.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { cartLines } from "../../models/cart.ts";
import type { TicketTypeId, UserId } from "../../models/ids.ts";
import { type TicketAnswers, tickets } from "../../models/tickets.ts";
import { lockCart } from "../cart/owner.ts";
import { answersAsMetadata, answersIn, answersOfSeat, wrongAnswers } from "./answers.ts";
import { countPlaces, type EntryFacts, lockNamed, readEntry, type TypeFacts, timesThatCount } from "./entry-facts.ts";
import { refOf } from "./ref.ts";
import type { FindStanding } from "./standing.ts";
import { limitTrouble, mostOf, slotKey, troubleOf } from "./trouble.ts";

/** Without letters that look like others: 29 letters, 20 of them, 97 bits. */
const LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

/** What is shown at the door, in groups that can be read out. */
export function newTicketCode(): string {
  const letters = Array.from({ length: 20 }, () => LETTERS[randomInt(LETTERS.length)]).join("");
  return (letters.match(/.{5}/g) ?? []).join("-");
}

/** Putting tickets into carts, and giving out those that cost nothing. */
export function makeTake(deps: ServiceDeps, beside: TakeBeside): Pick<TicketsService, "putIntoCart" | "takeFree"> {
  return {
    putIntoCart: (tx, owner, choice) => putIntoCart(tx, deps, beside, { owner, choice, wait: null }),
    takeFree: (tx, taker, choice) => takeFree(tx, deps, beside, { taker, choice, kept: 0 }),
  };
}

/** What taking asks of others. */
export interface TakeBeside {
  readonly cart: Pick<CartService, "putLine">;
  readonly findStanding: FindStanding;
}

interface ToCart {
  readonly owner: CartOwner;
  readonly choice: TicketChoice;
  /** The token of an offer that was accepted just now. */
  readonly wait: string | null;
}

export async function putIntoCart(
  tx: Tx,
  { clock }: ServiceDeps,
  { cart }: Pick<TakeBeside, "cart">,
  { owner, choice, wait }: ToCart,
): Promise<TakeResult> {
  const found = await findChosen(tx, choice, clock.now());
  if (found === null) return { kind: "gone" };
  const { entry, type } = found;
  if (type.priceMinor === 0 && !type.isDonation) return { kind: "refused", trouble: "It costs nothing, and is not sold by the cart." };
  const errors = [...wrongAnswers(entry.questions, choice, choice.quantity), ...wrongAmount(type, choice.amountMinor)];
  if (errors.length > 0) return { kind: "wrong", errors };
  const amountMinor = type.isDonation ? choice.amountMinor : null;
  const ref = refOf({ entryId: entry.id, typeId: type.typeId, key: slotKey(entry, type), amountMinor });
  const before = entry.questions.some((question) => question.isForEach) ? await seatsInCart(tx, owner, ref) : [];
  const seats = Array.from({ length: choice.quantity }, (_, at) => choice.seats[at] ?? {});
  const metadata = {
    ...answersAsMetadata(entry.questions, { ...choice, seats }, before),
    ...(choice.code !== "" && { code: choice.code }),
    ...(wait !== null && { wait }),
  };
  const put = await cart.putLine(tx, owner, { kind: TICKET_KIND, ref, quantity: choice.quantity, metadata });
  if (put.kind === "added" || put.kind === "capped") return { kind: "in-cart", quantity: put.quantity, isLess: put.kind === "capped" };
  return put;
}

/** What was answered for the places of a line that it has already; the cart is locked before it is read. */
async function seatsInCart(tx: Tx, owner: CartOwner, ref: string): Promise<readonly TicketAnswers[]> {
  const cartId = await lockCart(tx, owner);
  const { metadata, quantity } = cartLines;
  const isLine = and(eq(cartLines.cartId, cartId), eq(cartLines.kind, TICKET_KIND), eq(cartLines.ref, ref));
  const [line] = await tx.select({ metadata, quantity }).from(cartLines).where(isLine);
  if (line === undefined) return [];
  const { seats } = answersIn(line.metadata);
  return Array.from({ length: line.quantity }, (_, at) => seats[at] ?? {});
}

interface Free {
  readonly taker: TicketTaker;
  readonly choice: TicketChoice;
  /** Places that the waiting list kept for them, and that count no more. */
  readonly kept: number;
}

export async function takeFree(
  tx: Tx,
  { clock, locale }: ServiceDeps,
  { findStanding }: Pick<TakeBeside, "findStanding">,
  { taker, choice, kept }: Free,
): Promise<TakeResult> {
  const now = clock.now();
  if ((await lockNamed(tx, choice.slug)) === null) return { kind: "gone" };
  const found = await findChosen(tx, choice, now);
  if (found === null) return { kind: "gone" };
  const { entry, type, counts } = found;
  if (type.priceMinor > 0 || type.isDonation) return { kind: "refused", trouble: "It is to be paid for." };
  const errors = wrongAnswers(entry.questions, choice, choice.quantity);
  if (errors.length > 0) return { kind: "wrong", errors };
  const isMember = taker.kind === "member";
  const [before, standing] = [await freeBefore(tx, taker, type), await findStanding(tx, isMember ? taker.userId : null, [type])];
  const trouble = troubleOf(entry, type, { standing, code: choice.code, now, locale }) || limitTrouble(type, before);
  if (trouble !== "") return { kind: "refused", trouble };
  if (mostOf(counts, entry, type, { own: kept, before }) < choice.quantity) {
    return { kind: "refused", trouble: "There are not so many left for you." };
  }
  const batch = randomUUID();
  const holder = isMember ? { userId: taker.userId } : { email: taker.email, holderName: taker.name };
  const rows = Array.from({ length: choice.quantity }, (_, at) => ({
    ...{ ticketTypeId: type.typeId, occurrenceKey: type.key, code: newTicketCode(), batch, boughtFor: startOf(entry, type) },
    ...{ ...holder, answers: answersOfSeat(entry.questions, choice, at) },
  }));
  await tx.insert(tickets).values(rows);
  await tellIssued(tx, batch, isMember ? taker.userId : null);
  return { kind: "issued", codes: rows.map(({ code }) => code) };
}

/** When the time of a ticket begins, as it is handed out; of a pass that does not matter. */
export function startOf(entry: EntryFacts, type: Pick<TypeFacts, "key">): Date | null {
  return entry.isSeries && type.key === "" ? null : entry.startsAt;
}

/** Those who get tickets are written to. */
export async function tellIssued(tx: Tx, batch: string, actorId: UserId | null): Promise<void> {
  if (actorId !== null) purgeOnCommit(tx, [`tickets:${actorId}`]);
  await emitActivity(tx, { originApp: "events", actorId, type: "Create", object: { type: "Tickets", id: batch } });
}

async function freeBefore(tx: Tx, taker: TicketTaker, { typeId, key }: TypeFacts): Promise<number> {
  const isTheirs = taker.kind === "member" ? sql`user_id = ${taker.userId}` : sql`lower(email) = lower(${taker.email})`;
  const { rows } = await tx.execute<{ before: number }>(sql`
    select count(*)::int as before from tickets where ${isTheirs} and ticket_type_id = ${typeId} and occurrence_key = ${key} and status <> 'cancelled'`);
  return rows[0]?.before ?? 0;
}

export interface Chosen {
  readonly entry: EntryFacts;
  readonly type: TypeFacts;
  readonly counts: readonly TypeFacts[];
}

/** What was chosen, with what is counted; null: there is no such type at that time. */
export async function findChosen(
  tx: Pick<Tx, "execute">,
  choice: { slug: string; key: string; typeId: TicketTypeId },
  now: Date,
): Promise<Chosen | null> {
  const entry = await readEntry(tx, { slug: choice.slug }, { key: choice.key, now });
  return entry === null ? null : findIn(tx, entry, choice.typeId, now);
}

async function findIn(tx: Pick<Tx, "execute">, entry: EntryFacts, typeId: TicketTypeId, now: Date): Promise<Chosen | null> {
  const counts = await countPlaces(tx, entry, await timesThatCount(tx, entry, now));
  const type = counts.find((one) => !one.isFromBefore && one.typeId === typeId && one.key === slotKey(entry, one));
  return type === undefined ? null : { entry, type, counts };
}

function wrongAmount(type: TypeFacts, amountMinor: number | null): FieldError[] {
  if (!type.isDonation) return [];
  const isRight = amountMinor !== null && Number.isSafeInteger(amountMinor) && amountMinor >= Math.max(1, type.priceMinor);
  if (isRight && amountMinor <= MAX_DONATION_MINOR) return [];
  return [{ field: "amount", message: "An amount from the least that is asked up to 10,000, with two digits for the small money." }];
}
