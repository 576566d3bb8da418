import type { Services } from "@rose-ash/shared/contracts/services.ts";
import type { ActivityHandler } from "@rose-ash/shared/infrastructure/activities/index.ts";

/** Somebody joined: the admins hear of it. */
export const tellOfNewMember = ({ federation }: Services): ActivityHandler => ({
  name: "federation.tell-of-new-member",
  kind: "transaction",
  atOnce: 2,
  handle: (tx, { id }) => federation.notifyAdmins(tx, id),
});
