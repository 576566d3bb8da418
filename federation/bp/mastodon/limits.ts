import { deriveSecret, keyedHash } from "@rose-ash/shared/infrastructure/keys/index.ts";
import type { FastifyRequest } from "fastify";
import { tooMany } from "./errors.ts";

/** What costs more than a look, and how often it may be done in how many seconds. */
const LIMITS = {
  apps: { hits: 100, windowSeconds: 3600 }, // of one network, which many phones may share
  media: { hits: 60, windowSeconds: 1800 },
  posts: { hits: 300, windowSeconds: 3 * 3600 },
  search: { hits: 300, windowSeconds: 300 },
} as const;

/** Counts one hit. who: a member, or an address of the network, of which a keyed hash is kept. Throws 429. */
export async function countHit({ server }: FastifyRequest, kind: keyof typeof LIMITS, who: string): Promise<void> {
  const { services, runtime, transaction } = server;
  const key = `client-api ${kind} ${keyedHash(deriveSecret(runtime.config.DEPLOYMENT_SECRET, "client-api-limits"), who)}`;
  const isFine = await transaction((tx) => services.identity.withinLimit(tx, key, LIMITS[kind], runtime.clock.now()));
  if (!isFine) throw tooMany();
}
