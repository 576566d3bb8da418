import { sharedRelations } from "../relations/index.ts";
import { type Cache, openCache, purgeAfterTransactions } from "./cache/index.ts";
import { type Clock, systemClock } from "./clock.ts";
import { type BaseConfig, loadSite, publicUrlOf, type SiteConfig } from "./config.ts";
import { type Db, openDb } from "./db.ts";
import { deriveSecret, type KeyRing, openKeys } from "./keys/index.ts";
import { Listener } from "./listener/index.ts";
import { tellAfterTransactions } from "./live/index.ts";
import { type MediaStore, openMediaStore } from "./media/index.ts";
import { RelationStore } from "./relations/index.ts";
import type { PublicUrl, SecretOf, ServiceDeps } from "./service-deps.ts";
import { type LiveSite, openSite, type SiteKeeper } from "./site/index.ts";

/** What one process holds open, and the configuration it was opened with. */
export interface Runtime<C extends BaseConfig = BaseConfig> {
  config: C;
  /** What holds for the whole site now: what stewards set over the configuration. */
  site: LiveSite;
  siteKeeper: SiteKeeper;
  db: Db;
  /** What other processes say, and the one connection beside the pool. */
  listener: Listener;
  cache: Cache;
  keys: KeyRing;
  /** A secret for one purpose, from the deployment's. */
  secretOf: SecretOf;
  /** Where the bytes of pictures and files lie. */
  media: MediaStore;
  clock: Clock;
  publicUrl: PublicUrl;
  relations: RelationStore;
  close(): Promise<void>;
}

/** Opens pool, listener and cache; none needs its server to be there yet. */
export function openRuntime<C extends BaseConfig>(config: C, clock: Clock = systemClock): Runtime<C> {
  const media = openMediaStore(config); // first, as it may throw
  const db = openDb(config.DATABASE_URL, config.DATABASE_POOL);
  const listener = new Listener(config.DATABASE_URL);
  const cache = openCache({ redisUrl: config.REDIS_URL, listener });
  purgeAfterTransactions(db, cache);
  tellAfterTransactions(db, listener); // the outer of the two: what pages then ask for is purged already
  const relations = new RelationStore(db, listener, [sharedRelations]);
  const { site, siteKeeper } = openSite(loadSite(process.env), listener);
  return {
    config,
    site,
    siteKeeper,
    db,
    listener,
    cache,
    keys: openKeys(db, config.DEPLOYMENT_SECRET, clock),
    secretOf: (purpose) => deriveSecret(config.DEPLOYMENT_SECRET, purpose),
    media,
    clock,
    publicUrl: publicUrlOf(config),
    relations,
    async close() {
      siteKeeper.close();
      await Promise.all([relations.close(), cache.close()]);
      await Promise.all([listener.close(), db.close()]);
    },
  };
}

/** The part of it that domain services are built from. */
export type ServiceRuntime = Pick<Runtime, "db" | "clock" | "publicUrl" | "relations" | "secretOf"> & { site: SiteConfig };

/** That part, as they take it. */
export function serviceDeps(runtime: ServiceRuntime): ServiceDeps & { relations: RelationStore; secretOf: SecretOf } {
  const { db, clock, publicUrl, site, relations, secretOf } = runtime;
  return { db, clock, publicUrl, timeZone: site.timeZone, locale: site.locale, relations, secretOf };
}
