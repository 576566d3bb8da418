import type { FragmentParams, FragmentWant } from "@rose-ash/shared/contracts/fragments.ts";
import { lookerOf } from "@rose-ash/shared/contracts/seen.ts";
import type { Viewer } from "@rose-ash/shared/contracts/viewer.ts";

const SHOWN = 4;

/** What a page wants to show of what its reader looked at; nothing of a reader whom nobody knows, whose page is kept for all. */
export function seenWant(viewer: Viewer, params: FragmentParams): { seen?: FragmentWant } {
  return lookerOf(viewer) === null ? {} : { seen: { type: "recently-seen", params: { limit: SHOWN, ...params } } };
}
