import type { CartOwner } from "../../contracts/cart.ts";
import { CodedError } from "../../contracts/errors.ts";
import type { OfferedType, TicketsService } from "../../contracts/tickets.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { countPlaces, type EntryFacts, readEntry, type TypeFacts, timesThatCount } from "./entry-facts.ts";
import { boughtBefore } from "./kind.ts";
import { isSameCode, limitTrouble, mostOf, slotKey, troubleOf } from "./trouble.ts";

/** The most that a form offers at once. */
const MOST_AT_ONCE = 20;

/** What stands in the box of one time. */
export function makeGetBox(deps: ServiceDeps): TicketsService["getBox"] {
  const { db, clock, publicUrl } = deps;
  return async (owner, { slug, key }, code) => {
    const now = clock.now();
    const entry = await readEntry(db, { slug }, { key, now });
    if (entry === null) throw new CodedError("not-found", "There is nothing in the calendars at this address.", { slug, key });
    const counts = await countPlaces(db, entry, await timesThatCount(db, entry, now));
    const own = counts.filter((type) => type.key === slotKey(entry, type));
    const shown = own.filter((type) => type.code === "" || (code !== "" && isSameCode(type.code, code)));
    const types = shown.map((type) => offeredType(deps, { entry, type, counts, owner, code }));
    return {
      entryId: entry.id,
      title: entry.title,
      url: publicUrl("events", `/entries/${entry.slug}${entry.key === "" ? "" : `/${entry.key}`}`),
      key: entry.key,
      types: await Promise.all(types),
      questions: entry.questions,
      hasHidden: own.length > shown.length,
      refundHours: entry.refundHours,
      isOpen: !entry.isOff && entry.endsAt > now,
    };
  };
}

interface Shown {
  readonly entry: EntryFacts;
  readonly type: TypeFacts;
  readonly counts: readonly TypeFacts[];
  readonly owner: CartOwner | null;
  readonly code: string;
}

async function offeredType({ db, clock, locale }: ServiceDeps, { entry, type, counts, owner, code }: Shown): Promise<OfferedType> {
  const isMember = owner?.kind === "member";
  const trouble = troubleOf(entry, type, { isMember, code, now: clock.now(), locale });
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
    left,
    most: canBeSold ? Math.min(most, MOST_AT_ONCE) : 0,
    isPass: entry.isSeries && type.covers === "whole",
    isDonation: type.isDonation,
    isFree: type.priceMinor === 0 && !type.isDonation,
    isForMembers: type.isForMembers,
    trouble: trouble || limitTrouble(type, before),
    canWait: canBeSold && left === 0 && entry.hasWaitingList && limitTrouble(type, before) === "",
  };
}
