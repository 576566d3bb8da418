import type { EntryFacts, TypeFacts } from "./entry-facts.ts";
import { placesLeft } from "./places.ts";
import { isTheirs, type Standing } from "./standing.ts";

/** Who asks. code: typed for hidden types; null: it is not asked for, as it was known before. */
export interface Asker {
  readonly standing: Standing;
  readonly code: string | null;
  readonly now: Date;
  readonly locale: string;
}

/** Of a type that can't be had at all by whoever asks, why, in words; empty: nothing is wrong. Places are another matter. */
export function troubleOf(entry: EntryFacts, type: TypeFacts, { standing, code, now, locale }: Asker): string {
  const say = (at: Date) =>
    new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", timeZone: entry.zone }).format(at);
  if (entry.isOff) return "It does not take place.";
  if (entry.endsAt <= now) return "It is over.";
  if (type.isClosed) return "It is not sold any more.";
  if (type.opensAt !== null && type.opensAt > now) return `On sale from ${say(type.opensAt)}.`;
  if (type.closesAt !== null && type.closesAt <= now) return `It was sold until ${say(type.closesAt)}.`;
  if (type.isForMembers && !standing.isMember) return "It is for members: sign in to get one.";
  if (!isTheirs(type, standing))
    return `It is for ${type.groupName}${standing.isMember ? ", and you are none of them." : ": sign in if you are one of them."}`;
  if (type.code !== "" && code !== null && !isSameCode(type.code, code)) return "It needs a code.";
  return "";
}

/** Case and spaces around don't matter. */
export function isSameCode(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}

/** Where the limit for one person is reached. */
export function limitTrouble(type: TypeFacts, before: number): string {
  if (type.perPerson === null || before < type.perPerson) return "";
  return `${type.perPerson === 1 ? "One" : type.perPerson} for each person, and you have ${type.perPerson === 1 ? "it" : "them"}.`;
}

/** The key under which a type is counted at a time. */
export function slotKey(entry: EntryFacts, type: Pick<TypeFacts, "covers">): string {
  return type.covers === "time" && entry.isSeries ? entry.key : "";
}

/** When and where, in one line. */
export function detailOf(entry: EntryFacts, type: TypeFacts, locale: string): string {
  const day = { weekday: "short", day: "numeric", month: "long" } as const;
  const time = entry.isAllDay ? {} : ({ hour: "2-digit", minute: "2-digit" } as const);
  const when = new Intl.DateTimeFormat(locale, { ...day, ...time, timeZone: entry.zone }).format(entry.startsAt);
  const isPass = entry.isSeries && type.covers === "whole";
  return [type.name, isPass ? "all times" : when, entry.place].filter(Boolean).join(", ");
}

/** How many somebody can have in one line: of what is open, or of what they hold already, and no more than each person may. */
export function mostOf(
  counts: readonly TypeFacts[],
  entry: EntryFacts,
  type: TypeFacts,
  { own, before }: { own: number; before: number },
): number {
  const { free, open } = placesLeft(counts, entry, { typeId: type.typeId, key: type.key });
  const limit = type.perPerson === null ? Number.POSITIVE_INFINITY : Math.max(0, type.perPerson - before);
  return Math.max(0, Math.min(free, Math.max(open, own), limit));
}
