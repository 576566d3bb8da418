import { APPS, type App } from "../models/apps.ts";
import { SUBSCRIPTIONS } from "./activities/index.ts";
import { TIMETABLE_KEEPER } from "./jobs/index.ts";

/** Connections of PostgreSQL that one process of an app opens at most. pool: DATABASE_POOL. */
export function connectionsOf(app: App, pool: number): number {
  const listener = 1;
  const processor = SUBSCRIPTIONS.some((subscription) => subscription.app === app) ? 1 : 0;
  const timetable = app === TIMETABLE_KEEPER ? 1 : 0;
  return pool + listener + processor + timetable;
}

/** Of a market's child that reads suppliers' pages: three for its runs, one that listens. It has no pool of the service's. */
const READING_SUPPLIERS = 4;

/** Of an account's child that sends letters: one that says whose turn it is, one for what it reads. */
const SENDING_LETTERS = 2;

/** For whoever comes beside the services: a migration, the backup, an operator's psql. */
const BESIDE = 5;

/**
 * Connections of the whole platform at most. During an update there are up to twice as many processes as replicas. It must stay
 * under max_connections less superuser_reserved_connections, which PostgreSQL gives to nobody else.
 */
export function connectionsAtMost({ pool, replicas }: { pool: number; replicas: number }): number {
  const oneOfEach = APPS.reduce((sum, app) => sum + connectionsOf(app, pool), 0);
  return (oneOfEach + READING_SUPPLIERS + SENDING_LETTERS) * replicas * 2 + BESIDE;
}
