import { join } from "node:path";
import { outsideFor } from "@rose-ash/shared/infrastructure/http/outside/index.ts";
import { keepTurning, type Turn, type Turning } from "@rose-ash/shared/infrastructure/turning/index.ts";
import type { FastifyInstance } from "fastify";
import type { MarketConfig } from "../../../config/schema.ts";
import { loadSuppliers, type Suppliers } from "../suppliers/load-suppliers.ts";
import { askDue } from "./ask-due.ts";
import { makeChild } from "./worker-child.ts";

declare module "fastify" {
  interface FastifyInstance {
    /** The suppliers whose pages can be read, and what is wrong with files that name none; as they were at the start. */
    scrapedSuppliers: Suppliers;
  }
}

/** A form rings; without it runs that are due, or left by a process that died, are found within so long. */
const TURNING = { channel: "scraping", lookMs: 15_000 };

/** Has the app's processes see to it that runs are done: by a child, which begins with a run and ends with the last. */
export function addScraping(app: FastifyInstance, config: MarketConfig): void {
  outsideFor(config, "SCRAPE_LOOPBACK"); // throws before anything is served
  const suppliers = loadSuppliers(config.SUPPLIERS_DIR);
  app.decorate("scrapedSuppliers", suppliers);
  for (const fault of suppliers.faults) app.log.error({ fault }, "a supplier's file is left out");
  const { services, transaction, runtime, log } = app;
  const child = makeChild({
    worker: join(import.meta.dirname, "worker.ts"),
    env: process.env,
    onFault: (error) => log.error({ err: error }, "the process that reads suppliers' pages failed"),
  });
  const turn: Turn = {
    async round() {
      if ((await services.outgoing.findPause()) !== null) return false;
      await askDue({ services, transaction }, suppliers.suppliers, runtime.clock.now());
      const ids = await services.crawling.findSuppliers(suppliers.suppliers.map(({ supplier }) => supplier));
      if (!child.isAlive() && (await services.crawling.isWorkWaiting([...ids.values()]))) child.begin();
      return false;
    },
    release: async () => undefined,
    report: async () => undefined,
  };
  let turning: Turning | null = null;
  app.whenServing.push(() => {
    if (suppliers.suppliers.length > 0) turning = keepTurning(turn, runtime.listener, log, TURNING);
  });
  let stopped: Promise<unknown> | undefined;
  app.addHook("preClose", async () => {
    stopped = Promise.all([turning?.stop(), child.end()]);
  });
  app.addHook("onClose", () => stopped);
}
