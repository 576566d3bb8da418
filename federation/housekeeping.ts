import type { FastifyInstance } from "fastify";

const EVERY_MS = 10 * 60_000;

/** Forgets, now and then, sessions, links, codes and counted hits whose time is over: they hold addresses of people. */
export function forgetExpiredNowAndThen(app: FastifyInstance): void {
  const { services, transaction, runtime, log } = app;
  const forget = () =>
    transaction(async (tx) => {
      const now = runtime.clock.now();
      await services.identity.forgetExpired(tx, now);
      await services.oidcStore.removeExpired(tx, now);
    }).catch((error: unknown) => log.warn({ err: error }, "what is over was not forgotten; the next time will"));
  const timer = setInterval(forget, EVERY_MS).unref();
  app.addHook("onClose", async () => clearInterval(timer));
}
