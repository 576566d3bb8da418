import plugin from "fastify-plugin";
import type { Db } from "../db.ts";

declare module "fastify" {
  interface FastifyInstance {
    /**
     * From now on /readyz answers 503: whoever spreads requests stops sending them here. Who never asks it is told with each
     * answer that its connection ends, so that none is kept open into the close.
     */
    sayNotReady(): void;
  }
}

/** GET /healthz: the process answers. GET /readyz: it can serve, which takes PostgreSQL; 503 while stopping. */
export const health = plugin<{ name: string; db: Db }>(async (app, { name, db }) => {
  let isStopping = false;
  app.decorate("sayNotReady", () => {
    isStopping = true;
  });
  app.addHook("preClose", async () => app.sayNotReady());
  app.addHook("onRequest", (_request, reply, done) => {
    if (isStopping) reply.header("connection", "close"); // RFC 9112 §9.6
    done();
  });
  app.get("/healthz", { logLevel: "silent" }, async () => ({ app: name, ok: true }));
  app.get("/readyz", { logLevel: "silent" }, async (_request, reply) => {
    const isReady = !isStopping && (await db.ping().then(yes, no));
    return reply.code(isReady ? 200 : 503).send({ app: name, ready: isReady });
  });
});

const yes = () => true;
const no = () => false;
