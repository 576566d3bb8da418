import type { App } from "../models/apps.ts";
import type { Clock } from "./clock.ts";
import type { Db } from "./db.ts";

/** What domain services are built from. */
export interface ServiceDeps {
  /** The pool, for reads; commands get a transaction. */
  db: Db;
  clock: Clock;
  /** The public address of a path on an app. */
  publicUrl: PublicUrl;
  /** IANA name of the co-operative's zone. */
  timeZone: string;
  /** What the site's pages are written in, a BCP 47 tag. */
  locale: string;
}

/** 256 bits for one purpose, which nothing else has. */
export type SecretOf = (purpose: string) => Buffer;

export type PublicUrl = (app: App, path: string) => string;
