import type { Services } from "@rose-ash/shared/contracts/services.ts";
import type { ActivityHandler } from "@rose-ash/shared/infrastructure/activities/index.ts";

/** Something waits for a steward: a comment, a report, an appeal. */
export const tellStewards = ({ federation }: Services): ActivityHandler => ({
  name: "federation.tell-stewards",
  kind: "transaction",
  atOnce: 2,
  handle: (tx, { id }) => federation.notifyStewards(tx, "federation", id),
});
