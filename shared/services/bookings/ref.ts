import type { BookingId } from "../../models/ids.ts";

/** What a cart line of a room stands for: its booking, in as many digits as any other. */
export function refOf(id: BookingId): string {
  return String(id).padStart(12, "0");
}

/** Null: this is no ref of ours. */
export function readRef(ref: string): BookingId | null {
  return /^\d{12}$/.test(ref) ? (Number(ref) as BookingId) : null;
}
