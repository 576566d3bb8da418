import type { FastifyPluginAsync } from "fastify";
import { addSumUpApi } from "./api.ts";
import { makeFaults } from "./faults.ts";
import { addOverview } from "./overview.ts";
import { addPayPage } from "./pay-page.ts";
import { makeSimulator } from "./simulator.ts";
import { makeWebhooks } from "./webhooks.ts";

const LATE_MS = 20_000;

/** SumUp for those who have none: its addresses below /dev/sumup, its hosted page, and a page of what happened. */
export const sumUpSimulator: FastifyPluginAsync = async (app) => {
  const webhooks = makeWebhooks();
  const faults = makeFaults();
  const simulator = makeSimulator(app.runtime.clock, (checkout) => webhooks.send(checkout));
  const hostedUrl = (id: string) => app.publicUrl("cart", `/dev/sumup/pay/${id}`);
  app.addHook("onClose", async () => webhooks.stop());
  addSumUpApi(app, { simulator, faults, hostedUrl, lateMs: LATE_MS });
  addPayPage(app, { simulator, webhooks });
  addOverview(app, { simulator, faults, webhooks });
};
