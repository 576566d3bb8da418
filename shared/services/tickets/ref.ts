import type { CalendarEntryId, TicketTypeId } from "../../models/ids.ts";

/** What a cart line of tickets stands for. key "": the entry as a whole. amountMinor: of a donation. */
export interface TicketRef {
  readonly entryId: CalendarEntryId;
  readonly typeId: TicketTypeId;
  readonly key: string;
  readonly amountMinor: number | null;
}

/**
 * The entry comes first and in as many digits as any other, so that refs in the order of their letters lock entries in the order of
 * their ids, in whatever language the database sorts.
 */
export function refOf({ entryId, typeId, key, amountMinor }: TicketRef): string {
  return `${String(entryId).padStart(12, "0")}.${typeId}.${key || "-"}${amountMinor === null ? "" : `.p${amountMinor}`}`;
}

/** Null: this is no ref of ours. */
export function readRef(ref: string): TicketRef | null {
  const [, entry, type, key, amount] = /^(\d{12})\.(\d{1,12})\.(-|[0-9TZ]{8,16})(?:\.p(\d{1,7}))?$/.exec(ref) ?? [];
  if (entry === undefined || type === undefined || key === undefined) return null;
  return {
    entryId: Number(entry) as CalendarEntryId,
    typeId: Number(type) as TicketTypeId,
    key: key === "-" ? "" : key,
    amountMinor: amount === undefined ? null : Number(amount),
  };
}
