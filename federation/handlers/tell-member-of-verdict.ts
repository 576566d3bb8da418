import type { Services } from "@rose-ash/shared/contracts/services.ts";
import type { ActivityHandler } from "@rose-ash/shared/infrastructure/activities/index.ts";
import type { UserId } from "@rose-ash/shared/models/ids.ts";

/** A steward decided something about a member, or answered them: they hear of it. */
export const tellMemberOfVerdict = ({ federation }: Services): ActivityHandler => ({
  name: "federation.tell-member-of-verdict",
  kind: "transaction",
  atOnce: 2,
  async handle(tx, { id, details }) {
    const member = Number(details["member"]);
    if (Number.isSafeInteger(member)) await federation.notifyPeople(tx, [member as UserId], id, "always");
  },
});
