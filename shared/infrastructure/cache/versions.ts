import type { CacheTag } from "../../contracts/tags.ts";

/** Names this Redis since it was last empty: without it no version says anything. */
export const EPOCH = "epoch";

/** Longer than anything is kept: what is kept is not made anew only because its version was forgotten. */
export const VERSION_SECONDS = 24 * 3600;

/** Under which key the version of a tag lies. */
export function versionKey(tag: CacheTag): string {
  return `version:${tag}`;
}
