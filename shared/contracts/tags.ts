import type { DeviceId, UserId } from "../models/ids.ts";

/**
 * What a kept piece of HTML, or the copy of a session, depends on. Whoever changes such a thing purges its tag after the
 * commit and before answering. A list of things has a tag of its own: `shop` for every list of products.
 */
export type CacheTag =
  | "menu"
  | "posts"
  | "shop"
  | "places"
  | "calendar"
  | "timeline"
  | "comments"
  | `comments:${string}`
  | `own-comments:${number}`
  | "newsletters"
  | `newsletters:${number}`
  | "sessions"
  | `product:${string}`
  | `cart:${string}`
  | `order:${string}`
  | `seen:${string}`
  | `person:${number}`
  | `tickets:${number}`
  | `notifications:${number}`;

/** What the frame of every page shows. */
export const FRAME_TAGS: readonly CacheTag[] = ["menu", "posts"];

/** Whoever purges one thing purges the lists it stands in: a page with a list names that tag only. */
export function withLists(tags: readonly CacheTag[]): readonly CacheTag[] {
  return tags.some((tag) => tag.startsWith("product:")) ? [...new Set<CacheTag>([...tags, "shop"])] : tags;
}

/** Whether what depends on `tags` is purged whenever one of `own` is. */
export function isCovered(own: readonly CacheTag[], tags: readonly CacheTag[]): boolean {
  return own.every((tag) => tags.includes(tag) || withLists([tag]).some((list) => tags.includes(list)));
}

/** Whose it is: CartOwner, Looker and FragmentSubject all say it so. */
type Owner = { kind: "device"; deviceId: DeviceId } | { kind: "member" | "user"; userId: UserId };

/** The cart of one browser or member. */
export function cartTag(owner: Owner): CacheTag {
  return owner.kind === "device" ? `cart:device:${owner.deviceId}` : `cart:user:${owner.userId}`;
}

/** What was looked at in one browser or by one member. */
export function seenTag(owner: Owner): CacheTag {
  return owner.kind === "device" ? `seen:device:${owner.deviceId}` : `seen:user:${owner.userId}`;
}
