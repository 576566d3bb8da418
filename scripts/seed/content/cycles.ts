import { instantOf, wallClockOf } from "@rose-ash/shared/infrastructure/zoned-time.ts";
import { ZONE } from "./calendar.ts";

/** Whose goods come by order, and the one thing that is sold out and shared by the case. */
export const CYCLE_SUPPLIERS = ["plain-harbour", "saltmarsh-spices", "cwm-cacao"] as const;
const NOTE = "Ordered together, so that nobody has to take a whole case.";

/** Shares of a case of walnuts that are paid for: three of six are taken. */
export const SHARES = [
  { reference: "RA-2WLN-8C4S", buyer: "bilal", product: "walnut-halves", quantity: 2 },
  { reference: "RA-5WLN-3K7T", buyer: "carys", product: "walnut-halves", quantity: 1 },
] as const;

/** What is sold to some only, and to whom: "coop" is every member. */
export const SOLD_TO = [{ product: "olive-oil-5000", group: "coop", reason: "Twelve cans a year: agreed at the general meeting" }] as const;

export interface PlannedCycle {
  name: string;
  note: string;
  zone: string;
  opensAt: Date;
  closesAt: Date;
  pickUps: readonly { place: string; startsAt: Date; endsAt: Date; capacity?: number }[];
}

const DAY_MS = 86_400_000;
const FORTNIGHT = 14;

/** The cycle that is open and the one after it: each from one second Thursday at eight in the evening to the next. */
export function cyclesFrom(now: Date): readonly [PlannedCycle, PlannedCycle] {
  const today = wallClockOf(now, ZONE);
  const day = Math.floor(Date.UTC(today.year, today.month - 1, today.day) / DAY_MS);
  const thursday = day + ((FORTNIGHT - (day % FORTNIGHT)) % FORTNIGHT); // day 0 was a Thursday
  const next = at(thursday, 20) > now ? thursday : thursday + FORTNIGHT;
  return [cycleUntil(next), cycleUntil(next + FORTNIGHT)];
}

function cycleUntil(thursday: number): PlannedCycle {
  const closesAt = at(thursday, 20);
  const words = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", timeZone: ZONE }).format(closesAt);
  return {
    ...{ name: `Bulk order of ${words}`, note: NOTE, zone: ZONE, opensAt: at(thursday - FORTNIGHT, 20), closesAt },
    pickUps: [
      { place: "The Hall, side door", startsAt: at(thursday + 2, 10), endsAt: at(thursday + 2, 14), capacity: 40 },
      { place: "The shop counter", startsAt: at(thursday + 4, 17), endsAt: at(thursday + 4, 19) },
    ],
  };
}

/** The instant at which clocks there show this hour of a day, counted from 1 January 1970. */
function at(day: number, hour: number): Date {
  const date = new Date(day * DAY_MS);
  const wall = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate(), hour, minute: 0 };
  return instantOf(wall, ZONE);
}
