import { withHints } from "@rose-ash/shared/infrastructure/activities/index.ts";
import { openCache, purgeAfterTransactions } from "@rose-ash/shared/infrastructure/cache/index.ts";
import { systemClock } from "@rose-ash/shared/infrastructure/clock.ts";
import { loadConfig, loadSite, publicUrlOf } from "@rose-ash/shared/infrastructure/config.ts";
import { openDb } from "@rose-ash/shared/infrastructure/db.ts";
import { outsideFor } from "@rose-ash/shared/infrastructure/http/outside/index.ts";
import { Listener } from "@rose-ash/shared/infrastructure/listener/index.ts";
import { RelationStore } from "@rose-ash/shared/infrastructure/relations/index.ts";
import { schema } from "../../../config/schema.ts";
import { wireServices } from "../../index.ts";
import type { CrawlParts } from "../crawl/parts.ts";
import { loadSuppliers, type Suppliers } from "../suppliers/load-suppliers.ts";

/** What a process that reads suppliers' pages holds open. */
export interface OpenScraping {
  readonly parts: CrawlParts;
  readonly suppliers: Suppliers;
  close(): Promise<void>;
}

/** Connections: one that writes, one that takes the next page, one for the hold; a fourth listens, where there is no Redis. */
const CONNECTIONS = 3;
const RETRY_SECONDS = 30;

/** What of the environment it reads. */
export const NEEDED = {
  DATABASE_URL: true,
  DATABASE_PASSWORD: true,
  REDIS_URL: true,
  PUBLIC_ORIGIN: true,
  SITE_DOMAIN: true,
  DEPLOYMENT: true,
  HOST: true,
  SUPPLIERS_DIR: true,
  SCRAPE_LOOPBACK: true,
} as const;

/** Opens what runs work with, beside the service: no keys, no sessions, no pages. */
export function openScraping(env: NodeJS.ProcessEnv): OpenScraping {
  const config = loadConfig(schema.pick(NEEDED), env);
  const outside = outsideFor(config, "SCRAPE_LOOPBACK");
  const publicUrl = publicUrlOf(config);
  const db = openDb(config.DATABASE_URL, CONNECTIONS);
  const listener = new Listener(config.DATABASE_URL);
  const cache = openCache({ redisUrl: config.REDIS_URL, listener });
  purgeAfterTransactions(db, cache);
  const relations = new RelationStore(db, listener, []);
  const secretOf = () => {
    throw new Error("what reads suppliers' pages has no secrets");
  };
  const services = wireServices({ db, clock: systemClock, publicUrl, site: loadSite(env), relations, secretOf });
  const report = (error: unknown, url: string) =>
    void process.stderr.write(`${url}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return {
    parts: {
      services,
      transaction: withHints(db),
      outside,
      contact: publicUrl("market", "/"),
      retrySeconds: RETRY_SECONDS,
      random: Math.random,
      report,
    },
    suppliers: loadSuppliers(config.SUPPLIERS_DIR),
    async close() {
      await Promise.all([relations.close(), cache.close()]);
      await Promise.all([listener.close(), db.close()]);
    },
  };
}
