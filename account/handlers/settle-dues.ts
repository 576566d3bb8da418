import type { ActivityHandler } from "@rose-ash/shared/infrastructure/activities/index.ts";
import type { OrderId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyInstance } from "fastify";

/** An order was paid, or its money went back: the dues in it follow. */
export const settleDues = (app: FastifyInstance): ActivityHandler => ({
  name: "account.settle-dues",
  kind: "transaction",
  atOnce: 2,
  handle: (tx, { object }) => app.services.membership.settleOrder(tx, Number(object.id) as OrderId),
});
