import type { TicketTypeId } from "../../models/ids.ts";

/** What is counted of a type at one time; key "": of the entry as a whole. */
export interface SlotCount {
  readonly typeId: TicketTypeId;
  readonly key: string;
  /** Null: no limit of its own. */
  readonly capacity: number | null;
  /** Held in carts, ordered, or handed out. */
  readonly taken: number;
  /** Kept for people on the waiting list, who were told. */
  readonly offered: number;
  /** Wanted by people on the waiting list, who were not told yet. */
  readonly waiting: number;
}

/** free: places that nobody has; open: of them those that nobody waits for. */
export interface PlacesLeft {
  readonly free: number;
  readonly open: number;
}

/** What all types share at each time; null: nothing. ownCapacity: of times that have another one, by their keys. */
export interface SharedPlaces {
  readonly capacity: number | null;
  readonly ownCapacity: Readonly<Record<string, number>>;
}

/**
 * What is left of one type at one time; without any limit it is Infinity. counts: of all types of the entry, at
 * every time that matters: of what covers the entry as a whole each time has to have a place. Who waits comes before who comes: what
 * they could have is not open.
 */
export function placesLeft(counts: readonly SlotCount[], shared: SharedPlaces, of: { typeId: TicketTypeId; key: string }): PlacesLeft {
  const own = counts.find(({ typeId, key }) => typeId === of.typeId && key === of.key);
  if (own === undefined) return { free: 0, open: 0 };
  const freeOfType = freeOf(own);
  const openOfType = freeOfType - own.waiting;
  const keys = new Set(counts.map(({ key }) => key));
  const times = of.key !== "" ? [of.key] : keys.size > 1 ? [...keys].filter((key) => key !== "") : [""];
  const left = times.map((time) => leftAt(counts, shared, time));
  return {
    free: Math.max(0, Math.min(freeOfType, ...left.map(({ free }) => free))),
    open: Math.max(0, Math.min(openOfType, ...left.map(({ open }) => open))),
  };
}

function freeOf({ capacity, taken, offered }: SlotCount): number {
  return (capacity ?? Number.POSITIVE_INFINITY) - taken - offered;
}

function leftAt(counts: readonly SlotCount[], { capacity, ownCapacity }: SharedPlaces, time: string): PlacesLeft {
  const here = counts.filter(({ key }) => key === "" || key === time);
  const sum = (of: (count: SlotCount) => number) => here.reduce((total, count) => total + of(count), 0);
  const shared = ownCapacity[time] ?? capacity ?? Number.POSITIVE_INFINITY;
  const free = shared - sum(({ taken, offered }) => taken + offered);
  const queued = sum((count) => Math.min(count.waiting, Math.max(0, freeOf(count))));
  return { free, open: free - queued };
}
