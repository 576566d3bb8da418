import type { Tx } from "@rose-ash/shared/contracts/tx.ts";
import type { MediaId } from "@rose-ash/shared/models/ids.ts";
import type { Ids } from "./keyed.ts";

/** What every writer needs: the one transaction, the time that "days ago" counts from, and the stored pictures by name. */
export interface SeedContext {
  tx: Tx;
  now: Date;
  pictures: Ids<MediaId>;
}

const DAY_MS = 86_400_000;

/** The instant so many days, and maybe hours, before now. */
export function daysBefore(now: Date, days: number, hours = 0): Date {
  return new Date(now.getTime() - days * DAY_MS - hours * 3_600_000);
}
