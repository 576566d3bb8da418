/**
 * A container of the proof's stack: the payment simulator of development, as a SumUp of its own behind TLS, with a hosted page of one
 * button. It runs from the checkout: images contain nothing of it. Webhooks go out as to any address, and through the gateway.
 */
import { readFileSync } from "node:fs";
import net from "node:net";
import { pipeline } from "node:stream";
import Fastify from "fastify";
import { addSumUpApi } from "../../cart/dev/sumup/api.ts";
import { makeFaults } from "../../cart/dev/sumup/faults.ts";
import { SANDBOX_CARDS } from "../../cart/dev/sumup/sandbox.ts";
import { makeSimulator } from "../../cart/dev/sumup/simulator.ts";
import { makeWebhooks } from "../../cart/dev/sumup/webhooks.ts";

const [origin = "", gatewayPort = "", pem = ""] = process.argv.slice(2);
const port = Number(new URL(origin).port);
const tls = readFileSync(pem);

// The addresses that browsers have are those of this machine: here they lead to the gateway.
net
  .createServer((socket) => {
    pipeline(socket, net.connect(8000, "gateway"), socket, () => undefined); // whoever goes takes the other along
  })
  .listen(Number(gatewayPort), "127.0.0.1");

const app = Fastify({ https: { key: tls, cert: tls }, forceCloseConnections: true });
const webhooks = makeWebhooks([1000, 5000]);
const simulator = makeSimulator({ now: () => new Date() }, (checkout) => webhooks.send(checkout));
addSumUpApi(app, { simulator, faults: makeFaults(), lateMs: 20_000, hostedUrl: (id) => `${origin}/pay/${id}` });
app.addContentTypeParser(
  "application/x-www-form-urlencoded",
  (_request, payload, done) => void payload.resume().on("end", () => done(null)),
);
app.get("/pay/:id", async (_request, reply) =>
  reply.type("text/html").send("<!doctype html><form method=post><button>Pay</button></form>"),
);
app.post<{ Params: { id: string } }>("/pay/:id", async ({ params }, reply) => {
  const checkout = simulator.find(params.id);
  if (checkout === null) return reply.code(404).send();
  simulator.pay(checkout, SANDBOX_CARDS[0]?.number ?? "");
  return reply.redirect(checkout.redirectUrl ?? origin, 303);
});
await app.listen({ host: "0.0.0.0", port });
process.on("SIGTERM", () => process.exit(0));
