import type { FastifyInstance } from "fastify";
import type { NewsletterId } from "../../../models/ids.ts";
import { deriveSecret, keyedHash } from "../../keys/index.ts";

/** A mailbox is asked so often in an hour whether it is them, whoever asks. */
const LIMIT = { hits: 3, windowSeconds: 3600 };

/** Somebody wants open lists at an address. Nobody is told what is known of it: it answers the same whatever comes of it. */
export async function askFor(
  { services, transaction, runtime }: FastifyInstance,
  request: { email: string; newsletterIds: readonly NewsletterId[]; textVersion: string },
): Promise<void> {
  const key = keyedHash(deriveSecret(runtime.config.DEPLOYMENT_SECRET, "letters"), `asked ${request.email}`);
  await transaction(async (tx) => {
    if (await services.identity.withinLimit(tx, key, LIMIT, runtime.clock.now())) await services.newsletters.ask(tx, request);
  });
}
