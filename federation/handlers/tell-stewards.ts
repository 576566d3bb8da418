import type { Services } from "@rose-ash/shared/contracts/services.ts";
import type { ActivityHandler } from "@rose-ash/shared/infrastructure/activities/index.ts";

/** Of which service the stewards are, where it is not the community's. */
const ELSEWHERE: ReadonlySet<string> = new Set(["JoinRequest", "Membership"]);

/** Something waits for a steward: a comment, a report, an appeal, somebody who asks to be let in. */
export const tellStewards = ({ federation }: Services): ActivityHandler => ({
  name: "federation.tell-stewards",
  kind: "transaction",
  atOnce: 2,
  handle: (tx, { id, object }) => federation.notifyStewards(tx, ELSEWHERE.has(object.type) ? "account" : "federation", id),
});
