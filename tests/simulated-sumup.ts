import type { AddressInfo } from "node:net";
import Fastify from "fastify";
import { addSumUpApi } from "../cart/dev/sumup/api.ts";
import { type Faults, makeFaults } from "../cart/dev/sumup/faults.ts";
import { makeSimulator, type Simulator } from "../cart/dev/sumup/simulator.ts";
import { makeWebhooks, type Webhooks } from "../cart/dev/sumup/webhooks.ts";
import type { Clock } from "../shared/infrastructure/clock.ts";

export const SIMULATED_MERCHANT = { code: "MCOOP", key: "sup_sk_simulated" };

/** SumUp as development has it, listening by itself. calls: every request that came, as "POST /v0.1/checkouts". */
export interface SimulatedSumUp {
  host: string;
  simulator: Simulator;
  faults: Faults;
  webhooks: Webhooks;
  calls: string[];
  close(): Promise<void>;
}

/** Late answers come after lateMs; webhooks are tried again after each of scheduleMs. */
export async function startSimulatedSumUp(
  options: { clock?: Clock; lateMs?: number; scheduleMs?: readonly number[] } = {},
): Promise<SimulatedSumUp> {
  const app = Fastify({ forceCloseConnections: true });
  const webhooks = makeWebhooks(options.scheduleMs ?? []);
  const simulator = makeSimulator(options.clock ?? { now: () => new Date() }, (checkout) => webhooks.send(checkout));
  const faults = makeFaults();
  const calls: string[] = [];
  app.addHook("onRequest", async ({ method, url }) => void calls.push(`${method} ${url}`));
  addSumUpApi(app, { simulator, faults, lateMs: options.lateMs ?? 1_500, hostedUrl: (id) => `http://127.0.0.1/pay/${id}` });
  await app.listen({ port: 0, host: "127.0.0.1" });
  const { port } = app.server.address() as AddressInfo; // it listens on TCP
  return {
    host: `http://127.0.0.1:${port}`,
    simulator,
    faults,
    webhooks,
    calls,
    async close() {
      webhooks.stop();
      await app.close();
    },
  };
}
