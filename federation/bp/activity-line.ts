import type { ActivityView } from "@rose-ash/shared/contracts/federation.ts";

/** An activity as the timeline's macro shows it. */
export function lineOf(activity: ActivityView) {
  const { pictureUrl, ...actor } = activity.actor;
  return { ...activity, actor: { ...actor, picture: pictureUrl === null ? null : { url: pictureUrl } } };
}
