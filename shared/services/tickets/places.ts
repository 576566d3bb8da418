import type { TicketTypeId } from "../../models/ids.ts";

/** What is counted of a type at one time; key "": of the entry as a whole. */
export interface SlotCount {
  readonly typeId: TicketTypeId;
  readonly key: string;
  readonly capacity: number;
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

/**
 * What is left of one type at one time, where all its types share a capacity (null: they don't). counts: of all types of the entry, at
 * every time that matters: of what covers the entry as a whole each time has to have a place. Who waits comes before who comes: what
 * they could have is not open.
 */
export function placesLeft(counts: readonly SlotCount[], shared: number | null, of: { typeId: TicketTypeId; key: string }): PlacesLeft {
  const own = counts.find(({ typeId, key }) => typeId === of.typeId && key === of.key);
  if (own === undefined) return { free: 0, open: 0 };
  const freeOfType = own.capacity - own.taken - own.offered;
  const openOfType = freeOfType - own.waiting;
  if (shared === null) return { free: Math.max(0, freeOfType), open: Math.max(0, openOfType) };
  const keys = new Set(counts.map(({ key }) => key));
  const times = of.key !== "" ? [of.key] : keys.size > 1 ? [...keys].filter((key) => key !== "") : [""];
  const left = times.map((time) => leftAt(counts, shared, time));
  return {
    free: Math.max(0, Math.min(freeOfType, ...left.map(({ free }) => free))),
    open: Math.max(0, Math.min(openOfType, ...left.map(({ open }) => open))),
  };
}

function leftAt(counts: readonly SlotCount[], shared: number, time: string): PlacesLeft {
  const here = counts.filter(({ key }) => key === "" || key === time);
  const sum = (of: (count: SlotCount) => number) => here.reduce((total, count) => total + of(count), 0);
  const free = shared - sum(({ taken, offered }) => taken + offered);
  const queued = sum(({ capacity, taken, offered, waiting }) => Math.min(waiting, Math.max(0, capacity - taken - offered)));
  return { free, open: free - queued };
}
