import type { UserId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyRequest } from "fastify";

const LIMIT = { hits: 100, windowSeconds: 300 };

/** Whether the member may have another host asked for somebody now: each question costs others something. */
export function mayAsk({ server }: FastifyRequest, userId: UserId): Promise<boolean> {
  const { services, runtime, transaction } = server;
  return transaction((tx) => services.identity.withinLimit(tx, `ask:${userId}`, LIMIT, runtime.clock.now()));
}
