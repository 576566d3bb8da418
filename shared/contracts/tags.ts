import type { DeviceId, UserId } from "../models/ids.ts";

/**
 * What a kept piece of HTML, or the copy of a session, depends on. Whoever changes such a thing purges its tag after the
 * commit and before answering. A list of things has a tag of its own: `shop` for every list of products.
 */
export type CacheTag =
  | "menu"
  | "posts"
  | "shop"
  | "calendar"
  | "timeline"
  | "sessions"
  | `product:${string}`
  | `cart:${string}`
  | `person:${number}`
  | `notifications:${number}`;

/** Whose cart: CartOwner and FragmentSubject both say it so. */
type Owner = { kind: "device"; deviceId: DeviceId } | { kind: "member" | "user"; userId: UserId };

/** The cart of one browser or member. */
export function cartTag(owner: Owner): CacheTag {
  return owner.kind === "device" ? `cart:device:${owner.deviceId}` : `cart:user:${owner.userId}`;
}
