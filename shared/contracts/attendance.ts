import type { CalendarEntryId, UserId } from "../models/ids.ts";
import type { Tx } from "./tx.ts";

/**
 * Who says that they come to one time. count: members, with those who said so from other servers; named: those whose names the reader
 * may see; own: what the reader said, null: nothing.
 */
export interface Attendance {
  readonly count: number;
  readonly named: readonly { readonly name: string; readonly handle: string }[];
  readonly own: { readonly comes: boolean; readonly isNamed: boolean } | null;
}

/** comes null: takes back what was said. isNamed: other members may see who it is. key: null of what takes place once. */
export interface AttendanceAnswer {
  readonly slug: string;
  readonly key: string | null;
  readonly by: UserId;
  readonly comes: boolean | null;
  readonly isNamed: boolean;
}

/** Saying that one comes to what needs no ticket. */
export interface AttendanceService {
  /** reader null: a guest, who sees how many. seesAll: a reader who looks after the entry. */
  getAttendance(
    time: { entryId: CalendarEntryId; slug: string; key: string },
    reader: { userId: UserId; seesAll: boolean } | null,
  ): Promise<Attendance>;
  /** False: there is no such time ahead, it is off, or tickets are given out for it. */
  answer(tx: Tx, answer: AttendanceAnswer): Promise<boolean>;
}
