import type { Standing } from "@rose-ash/shared/contracts/people.ts";
import { accountIdOf } from "../ids.ts";

/** What stands between the member and somebody (docs: entities/Relationship). Whom somebody else blocks is theirs to know. */
export function relationship(uri: string, { follows, followedBy, blocks, blocksDomain, mutes, isAlerted }: Standing) {
  return {
    ...{
      id: accountIdOf(uri),
      following: follows === "accepted",
      showing_reblogs: follows === "accepted",
      notifying: isAlerted,
      languages: null,
    },
    ...{ followed_by: followedBy === "accepted", blocking: blocks, blocked_by: false, domain_blocking: blocksDomain },
    ...{
      muting: mutes !== null,
      muting_notifications: mutes?.hidesNotifications ?? false,
      muting_expires_at: mutes?.until?.toISOString() ?? null,
    },
    ...{ requested: follows === "asked", requested_by: followedBy === "asked", endorsed: false, note: "" },
  };
}
