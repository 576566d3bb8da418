import type { FastifyRequest } from "fastify";
import type { Tx } from "../contracts/tx.ts";
import { deriveSecret, keyedHash } from "./keys/index.ts";

/** Mails to one address that somebody who is not signed in can bring about, and those from one computer. */
const TO_ADDRESS = { hits: 3, windowSeconds: 86_400 };
const FROM_SENDER = { hits: 20, windowSeconds: 3_600 };

/** What whoever goes over it reads, at events and at account alike. */
export const TOO_MANY_MAILS =
  "So many tickets went to that address, or from here, that no more are sent for now. Sign in to have them without mail, or try again tomorrow.";

/**
 * Whether a ticket may be mailed to an address that nobody has confirmed: a stranger's mailbox gets three a day at most, whoever
 * types it in. What members take for themselves is not counted. Counts it; keys say nothing about whom they count.
 */
export async function mayMail({ server, viewer, ip }: FastifyRequest, tx: Tx, email: string): Promise<boolean> {
  const { services, runtime } = server;
  const secret = deriveSecret(runtime.config.DEPLOYMENT_SECRET, "ticket-mails");
  const sender = viewer.kind === "member" ? `user:${viewer.userId}` : ip;
  const counted = [
    [`ticket-mail from ${keyedHash(secret, sender)}`, FROM_SENDER],
    [`ticket-mail to ${keyedHash(secret, email.toLowerCase())}`, TO_ADDRESS],
  ] as const;
  for (const [key, limit] of counted) if (!(await services.identity.withinLimit(tx, key, limit, runtime.clock.now()))) return false;
  return true;
}
