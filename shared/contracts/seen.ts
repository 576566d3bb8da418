import type { DeviceId, UserId } from "../models/ids.ts";
import type { ProductCard } from "./product-card.ts";
import type { Tx } from "./tx.ts";
import type { Viewer } from "./viewer.ts";

/** Of each person or browser so many products are remembered, and for so long. */
export const MOST_SEEN = 24;
export const SEEN_DAYS = 60;

/** Who looks: a member, or a guest's browser. */
export type Looker = { kind: "device"; deviceId: DeviceId } | { kind: "member"; userId: UserId };

/** The viewer as somebody of whom is remembered what they look at; null for a guest whose browser has no name here. */
export function lookerOf(viewer: Viewer): Looker | null {
  if (viewer.kind === "member") return { kind: "member", userId: viewer.userId };
  return viewer.deviceId === null ? null : { kind: "device", deviceId: viewer.deviceId };
}

/** What somebody looked at in the shop lately. Nobody else is told: no activity comes of it. */
export interface SeenService {
  /** That they look at it now. A browser that the house does not know (any more), and a product that is not there, are passed over. */
  noteView(tx: Tx, slug: string, looker: Looker): Promise<void>;
  /** The last one first. except: the slug of one to leave out. */
  listSeen(looker: Looker, limit: number, except?: string): Promise<readonly ProductCard[]>;
  /** Nothing is remembered of what they have looked at so far. */
  forgetAll(tx: Tx, looker: Looker): Promise<void>;
  /** What was looked at in the browser, its member has looked at from now on. */
  adoptGuestViews(tx: Tx, deviceId: DeviceId, userId: UserId): Promise<void>;
  forgetBefore(tx: Tx, before: Date): Promise<void>;
}
