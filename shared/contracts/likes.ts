import type { DeviceId, PostId, ProductId, UserId } from "../models/ids.ts";
import type { Tx } from "./tx.ts";
import type { Viewer } from "./viewer.ts";

/** What can be liked. */
export type Likeable = { kind: "post"; id: PostId } | { kind: "product"; id: ProductId };

/** Who likes: a member, or a guest's browser. */
export type Liker = { kind: "device"; deviceId: DeviceId } | { kind: "member"; userId: UserId };

/** The viewer as somebody who likes; null for a guest without a device, who has liked nothing yet. */
export function likerOf(viewer: Viewer): Liker | null {
  if (viewer.kind === "member") return { kind: "member", userId: viewer.userId };
  return viewer.deviceId === null ? null : { kind: "device", deviceId: viewer.deviceId };
}

/** Who likes what. */
export interface LikesService {
  isLikedBy(what: Likeable, liker: Liker | null): Promise<boolean>;
  /** A second time it changes nothing. Gives how many like it now. */
  like(tx: Tx, what: Likeable, liker: Liker): Promise<number>;
  /** A second time it changes nothing. Gives how many like it now. */
  unlike(tx: Tx, what: Likeable, liker: Liker): Promise<number>;
  /** What the browser liked, its member likes from now on; what both did counts once. */
  adoptGuestLikes(tx: Tx, deviceId: DeviceId, userId: UserId): Promise<void>;
}
