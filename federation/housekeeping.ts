import type { FastifyInstance } from "fastify";

const EVERY_MS = 10 * 60_000;

/** Now and then: forgets sessions, links, codes and counted hits whose time is over, since they hold addresses of people; rotates keys whose time has come. */
export function keepHouse(app: FastifyInstance): void {
  const { services, transaction, runtime, log } = app;
  const forget = () =>
    transaction(async (tx) => {
      const now = runtime.clock.now();
      await services.identity.forgetExpired(tx, now);
      await services.oidcStore.removeExpired(tx, now);
    }).catch((error: unknown) => log.warn({ err: error }, "what is over was not forgotten; the next time will"));
  const rotate = () =>
    runtime.keys.rotate().then(
      (steps) => {
        for (const step of steps) log.info(step, "a step in the rotation of keys");
      },
      (error: unknown) => log.warn({ err: error }, "keys were not rotated; the next time will"),
    );
  const timer = setInterval(() => Promise.all([forget(), rotate()]), EVERY_MS).unref();
  app.addHook("onClose", async () => clearInterval(timer));
}
