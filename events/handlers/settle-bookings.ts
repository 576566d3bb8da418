import type { ActivityHandler } from "@rose-ash/shared/infrastructure/activities/index.ts";
import type { OrderId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyInstance } from "fastify";

/** An order was paid, or its money went back: the rooms in it follow. */
export const settleBookings = (app: FastifyInstance): ActivityHandler => ({
  name: "events.settle-bookings",
  kind: "transaction",
  atOnce: 2,
  handle: (tx, { object }) => app.services.bookings.settleOrder(tx, Number(object.id) as OrderId),
});
