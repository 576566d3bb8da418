import type { Affair } from "@rose-ash/shared/contracts/erasures.ts";
import type { PublicUrl } from "@rose-ash/shared/infrastructure/service-deps.ts";

/** An affair in words. url: where it is settled; empty: it ends by itself. */
export interface AffairWords {
  readonly weight: Affair["weight"];
  readonly title: string;
  readonly words: string;
  readonly url: string;
}

/** What has to be settled first, what is waited for, and what ends with the erasure. */
export function wordsOf(affairs: readonly Affair[], publicUrl: PublicUrl): AffairWords[] {
  return affairs.map(({ kind, weight, names }) => ({ weight, ...WORDS[kind](names.join(", "), publicUrl) }));
}

type Words = (names: string, publicUrl: PublicUrl) => Omit<AffairWords, "weight">;

const WORDS: Readonly<Record<Affair["kind"], Words>> = {
  "last-steward": (names) => ({
    title: "Nobody else looks after the site",
    words: `You are the last one here who is ${names}. Give that to somebody else first: without anybody the co-operative could not be run.`,
    url: "/admin/relations",
  }),
  "unpaid-order": (names, at) => ({
    title: "An order waits for its payment",
    words: `${names}. Pay it or let it lapse: it is over within the hour. We wait for that.`,
    url: at("cart", "/orders"),
  }),
  "open-order": (names, at) => ({
    title: "You have not fetched everything yet",
    words: `${names}. It is paid and yours. We wait until you have it, or until your money is back.`,
    url: at("cart", "/orders"),
  }),
  "money-owed": (names, at) => ({
    title: "Money is still on its way",
    words: `${names}. It is to be paid back, or is looked into. We wait until that is done.`,
    url: at("cart", "/orders"),
  }),
  tickets: (names, at) => ({
    title: "You have tickets ahead",
    words: `${names}. They end with your account, and the places go to others. What you want your money back for, give back first.`,
    url: at("events", "/"),
  }),
  rooms: (names, at) => ({
    title: "You have rooms booked",
    words: `${names}. The bookings end with your account. What you want your money back for, give back first.`,
    url: at("events", "/rooms"),
  }),
  apps: (names, at) => ({
    title: "Apps of yours sign people in here",
    words: `${names}. They end with your account.`,
    url: at("federation", "/settings/apps"),
  }),
};
