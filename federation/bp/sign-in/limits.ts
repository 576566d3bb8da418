import type { FastifyRequest } from "fastify";
import { limitKey } from "./secrets.ts";

const WINDOW_SECONDS = 15 * 60;

type Kind = Parameters<typeof limitKey>[1];

export interface Limit {
  kind: Kind;
  value: string;
  hits: number;
}

/**
 * Counts one try against each limit, in order; a try that one of them refuses does not count for those after it.
 * null when it may go on, otherwise in how many seconds the window is over.
 */
export async function countTry({ server }: FastifyRequest, limits: readonly Limit[]): Promise<number | null> {
  const { services, transaction, runtime } = server;
  const now = runtime.clock.now();
  const isFine = await transaction(async (tx) => {
    for (const { kind, value, hits } of limits) {
      const limit = { hits, windowSeconds: WINDOW_SECONDS };
      if (!(await services.identity.withinLimit(tx, limitKey(server, kind, value), limit, now))) return false;
    }
    return true;
  });
  return isFine ? null : WINDOW_SECONDS - (Math.floor(now.getTime() / 1000) % WINDOW_SECONDS);
}

/** "in 7 minutes". */
export function inMinutes(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? "in a minute" : `in ${minutes} minutes`;
}
