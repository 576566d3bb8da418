import { randomInt, randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
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
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import type { TicketTypeId, UserId } from "../../models/ids.ts";
import { type TicketAnswers, type TicketQuestion, tickets } from "../../models/tickets.ts";
import { countPlaces, type EntryFacts, lockEntry, readEntry, type TypeFacts, timesThatCount } from "./entry-facts.ts";
import { refOf } from "./ref.ts";
import { limitTrouble, mostOf, slotKey, troubleOf } from "./trouble.ts";

const MAX_ANSWER_LETTERS = 300;

/** Without letters that look like others: 29 letters, 20 of them, 97 bits. */
const LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

/** What is shown at the door, in groups that can be read out. */
export function newTicketCode(): string {
  const letters = Array.from({ length: 20 }, () => LETTERS[randomInt(LETTERS.length)]).join("");
  return (letters.match(/.{5}/g) ?? []).join("-");
}

/** Putting tickets into carts, and giving out those that cost nothing. */
export function makeTake(
  deps: ServiceDeps,
  { cart }: { cart: Pick<CartService, "putLine"> },
): Pick<TicketsService, "putIntoCart" | "takeFree"> {
  return {
    putIntoCart: (tx, owner, choice) => putIntoCart(tx, deps, cart, { owner, choice, wait: null }),
    takeFree: (tx, taker, choice) => takeFree(tx, deps, { taker, choice, kept: 0 }),
  };
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
  cart: Pick<CartService, "putLine">,
  { owner, choice, wait }: ToCart,
): Promise<TakeResult> {
  const found = await findChosen(tx, choice, clock.now());
  if (found === null) return { kind: "gone" };
  const { entry, type } = found;
  if (type.priceMinor === 0 && !type.isDonation) return { kind: "refused", trouble: "It costs nothing, and is not sold by the cart." };
  const errors = [...wrongAnswers(entry.questions, choice.answers), ...wrongAmount(type, choice.amountMinor)];
  if (errors.length > 0) return { kind: "wrong", errors };
  const amountMinor = type.isDonation ? choice.amountMinor : null;
  const ref = refOf({ entryId: entry.id, typeId: type.typeId, key: slotKey(entry, type), amountMinor });
  const metadata = {
    ...prefixed(asked(entry.questions, choice.answers)),
    ...(choice.code !== "" && { code: choice.code }),
    ...(wait !== null && { wait }),
  };
  const put = await cart.putLine(tx, owner, { kind: TICKET_KIND, ref, quantity: choice.quantity, metadata });
  if (put.kind === "added" || put.kind === "capped") return { kind: "in-cart", quantity: put.quantity, isLess: put.kind === "capped" };
  return put;
}

/** Keys of questions in the metadata of a line stand beside others there. */
const ANSWER = "answer-";

function prefixed(answers: TicketAnswers): Record<string, string> {
  return Object.fromEntries(Object.entries(answers).map(([key, answer]) => [`${ANSWER}${key}`, answer]));
}

/** The answers in the metadata of a line. */
export function answersIn(metadata: Readonly<Record<string, string | number | boolean | null>>): TicketAnswers {
  const own = Object.entries(metadata).filter(([key]) => key.startsWith(ANSWER));
  return Object.fromEntries(own.map(([key, answer]) => [key.slice(ANSWER.length), String(answer)]));
}

interface Free {
  readonly taker: TicketTaker;
  readonly choice: TicketChoice;
  /** Places that the waiting list kept for them, and that count no more. */
  readonly kept: number;
}

export async function takeFree(tx: Tx, deps: ServiceDeps, { taker, choice, kept }: Free): Promise<TakeResult> {
  const { clock, locale } = deps;
  const now = clock.now();
  const chosen = await findChosen(tx, choice, now);
  if (chosen === null || !(await lockEntry(tx, chosen.entry.id))) return { kind: "gone" };
  const found = await findChosen(tx, choice, now); // as it is under the lock
  if (found === null) return { kind: "gone" };
  const { entry, type, counts } = found;
  if (type.priceMinor > 0 || type.isDonation) return { kind: "refused", trouble: "It is to be paid for." };
  const errors = wrongAnswers(entry.questions, choice.answers);
  if (errors.length > 0) return { kind: "wrong", errors };
  const isMember = taker.kind === "member";
  const before = await freeBefore(tx, taker, type);
  const trouble = troubleOf(entry, type, { isMember, code: choice.code, now, locale }) || limitTrouble(type, before);
  if (trouble !== "") return { kind: "refused", trouble };
  if (mostOf(counts, entry, type, { own: kept, before }) < choice.quantity) {
    return { kind: "refused", trouble: "There are not so many left for you." };
  }
  const batch = randomUUID();
  const answers = asked(entry.questions, choice.answers);
  const holder = isMember ? { userId: taker.userId } : { email: taker.email, holderName: taker.name };
  const rows = Array.from({ length: choice.quantity }, () => ({
    ...{ ticketTypeId: type.typeId, occurrenceKey: type.key, code: newTicketCode(), batch, answers, boughtFor: startOf(entry, type) },
    ...holder,
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
  const type = counts.find((one) => one.typeId === typeId && one.key === slotKey(entry, one));
  return type === undefined ? null : { entry, type, counts };
}

function asked(questions: readonly TicketQuestion[], answers: TicketAnswers): TicketAnswers {
  const given = questions.map(({ key }) => [key, (answers[key] ?? "").trim()] as const);
  return Object.fromEntries(given.filter(([, answer]) => answer !== ""));
}

function wrongAnswers(questions: readonly TicketQuestion[], answers: TicketAnswers): FieldError[] {
  return questions.flatMap(({ key, label, options, isRequired }) => {
    const answer = (answers[key] ?? "").trim();
    const field = `answer-${key}`;
    if (answer === "") return isRequired ? [{ field, message: `Please answer: ${label}` }] : [];
    if (answer.length > MAX_ANSWER_LETTERS) return [{ field, message: `${label}: ${MAX_ANSWER_LETTERS} letters at most.` }];
    return options.length > 0 && !options.includes(answer) ? [{ field, message: `${label}: choose one of the answers.` }] : [];
  });
}

function wrongAmount(type: TypeFacts, amountMinor: number | null): FieldError[] {
  if (!type.isDonation) return [];
  const isRight = amountMinor !== null && Number.isSafeInteger(amountMinor) && amountMinor >= Math.max(1, type.priceMinor);
  if (isRight && amountMinor <= MAX_DONATION_MINOR) return [];
  return [{ field: "amount", message: "An amount from the least that is asked up to 10,000, with two digits for the small money." }];
}
