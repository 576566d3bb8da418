import type { Services } from "@rose-ash/shared/contracts/services.ts";
import type { ActivityHandler } from "@rose-ash/shared/infrastructure/activities/index.ts";

/** A supplier's pages no longer say what they did: whoever looks after the shop hears of it. */
export const tellOfDrift = ({ federation }: Services): ActivityHandler => ({
  name: "federation.tell-of-drift",
  kind: "transaction",
  atOnce: 2,
  handle: (tx, { id }) => federation.notifyStewards(tx, "market", id),
});
