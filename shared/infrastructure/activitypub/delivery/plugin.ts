import plugin from "fastify-plugin";
import { deliveriesGroup } from "./metrics.ts";
import { type DeliveryWorker, startDelivery } from "./worker.ts";

/** The worker of deliveries, in the one service that does it for all six. */
export const delivery = plugin(async (app) => {
  app.metricGroups.push(deliveriesGroup(app.runtime.db));
  let worker: DeliveryWorker | null = null;
  app.whenServing.push(() => {
    worker = startDelivery(app);
  });
  let stopped: Promise<void> | undefined;
  app.addHook("preClose", async () => {
    stopped = worker?.stop(); // while the last requests are answered
  });
  app.addHook("onClose", () => stopped);
});
