import { sharedRelations } from "../relations/index.ts";
import { type Cache, openCache, purgeAfterTransactions } from "./cache/index.ts";
import { type Clock, systemClock } from "./clock.ts";
import { type BaseConfig, loadSite, publicUrlOf, type SiteConfig } from "./config.ts";
import { type Db, openDb } from "./db.ts";
import { type KeyRing, openKeys } from "./keys/index.ts";
import { RelationStore } from "./relations/index.ts";
import type { PublicUrl, ServiceDeps } from "./service-deps.ts";

/** What one process holds open, and the configuration it was opened with. */
export interface Runtime<C extends BaseConfig = BaseConfig> {
  config: C;
  site: SiteConfig;
  db: Db;
  cache: Cache;
  keys: KeyRing;
  clock: Clock;
  publicUrl: PublicUrl;
  relations: RelationStore;
  close(): Promise<void>;
}

/** Opens pool and cache; neither needs its server to be there yet. */
export function openRuntime<C extends BaseConfig>(config: C, clock: Clock = systemClock): Runtime<C> {
  const db = openDb(config.DATABASE_URL, config.DATABASE_POOL);
  const cache = openCache({ redisUrl: config.REDIS_URL, databaseUrl: config.DATABASE_URL });
  purgeAfterTransactions(db, cache);
  const relations = new RelationStore(db, config.DATABASE_URL, [sharedRelations]);
  return {
    config,
    site: loadSite(process.env),
    db,
    cache,
    keys: openKeys(db, config.DEPLOYMENT_SECRET, clock),
    clock,
    publicUrl: publicUrlOf(config),
    relations,
    close: async () => void (await Promise.all([relations.close(), db.close(), cache.close()])),
  };
}

/** The part of it that domain services are built from. */
export function serviceDeps({ db, clock, publicUrl, site, relations }: Runtime): ServiceDeps & { relations: RelationStore } {
  return { db, clock, publicUrl, timeZone: site.timeZone, relations };
}
