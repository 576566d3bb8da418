import type { AddressInfo } from "node:net";
import { systemClock } from "@rose-ash/shared/infrastructure/clock.ts";
import Fastify from "fastify";
import { addSumUpApi } from "../../../cart/dev/sumup/api.ts";
import { makeFaults } from "../../../cart/dev/sumup/faults.ts";
import { makeSimulator } from "../../../cart/dev/sumup/simulator.ts";

const VISA = "4200000000000091";

// The simulator as a process of its own, as SumUp is: what it takes is not the cart's time. POST /pay/<checkout> pays one.
const app = Fastify({ forceCloseConnections: true });
const simulator = makeSimulator(systemClock, () => undefined);
addSumUpApi(app, { simulator, faults: makeFaults(), lateMs: 0, hostedUrl: (id) => `https://checkout.sumup.com/pay/${id}` });
app.post<{ Params: { id: string } }>("/pay/:id", async ({ params }) => {
  const checkout = simulator.find(params.id);
  return { paid: checkout === null ? "unknown" : simulator.pay(checkout, VISA) };
});
await app.listen({ port: 0, host: "127.0.0.1" });
const { port } = app.server.address() as AddressInfo; // it listens on TCP
process.send?.({ port });
process.on("disconnect", () => process.exit());
