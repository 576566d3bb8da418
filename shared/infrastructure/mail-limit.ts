import type { FastifyRequest } from "fastify";
import type { Tx } from "../contracts/tx.ts";
import { networkOf } from "./http/index.ts";
import { deriveSecret, keyedHash } from "./keys/index.ts";

/** Mails to one address that others can bring about, those of one sender, and those about one entry or room. */
const TO_ADDRESS = { hits: 3, windowSeconds: 86_400 };
const FROM_SENDER = { hits: 20, windowSeconds: 3_600 };
const ABOUT_ONE = { hits: 3_000, windowSeconds: 3_600 }; // many who want places at an entry come at once

/** What whoever goes over it reads. */
export const TOO_MANY_MAILS =
  "So many mails went to that address, from here or about this that no more are sent for now. Sign in to do without, or try again tomorrow.";

/** email: that of a stranger; about: what it is about, as "entry film". */
interface AskedMail {
  readonly email: string;
  readonly about: string;
}

/**
 * Whether something may be mailed to an address that nobody has confirmed, now or later, as to who waits for a place: a stranger's
 * mailbox gets three a day at most, whoever types it in, and however it is written. What members take for themselves is not counted.
 * Counts it; keys say nothing about whom they count.
 */
export async function mayMail(request: FastifyRequest, tx: Tx, { email, about }: AskedMail): Promise<boolean> {
  return withinLimits(request, tx, [
    [`ticket-mail from ${keyOf(request, senderOf(request))}`, FROM_SENDER],
    [`ticket-mail about ${keyOf(request, about)}`, ABOUT_ONE],
    [`ticket-mail to ${keyOf(request, mailboxOf(email))}`, TO_ADDRESS],
  ]);
}

/** Invitations to one address, those of one member, and those to one entry. */
const INVITED = { hits: 5, windowSeconds: 86_400 };
const INVITING = { hits: 300, windowSeconds: 86_400 };
const INVITED_TO_ONE = { hits: 200, windowSeconds: 86_400 };

/** The same of somebody who looks after a calendar and asks people to come: they may write to more, and not to one again and again. */
export async function mayInvite(request: FastifyRequest, tx: Tx, { email, about }: AskedMail): Promise<boolean> {
  return withinLimits(request, tx, [
    [`invitation from ${keyOf(request, senderOf(request))}`, INVITING],
    [`invitation about ${keyOf(request, about)}`, INVITED_TO_ONE],
    [`invitation to ${keyOf(request, mailboxOf(email))}`, INVITED],
  ]);
}

type Counted = readonly [key: string, limit: { hits: number; windowSeconds: number }];

async function withinLimits({ server: { services, runtime } }: FastifyRequest, tx: Tx, counted: readonly Counted[]): Promise<boolean> {
  for (const [key, limit] of counted) if (!(await services.identity.withinLimit(tx, key, limit, runtime.clock.now()))) return false;
  return true;
}

function keyOf({ server: { runtime } }: FastifyRequest, counted: string): string {
  return keyedHash(deriveSecret(runtime.config.DEPLOYMENT_SECRET, "ticket-mails"), counted);
}

/** A line to the internet has a whole network of IPv6. */
function senderOf({ viewer, ip }: FastifyRequest): string {
  return viewer.kind === "member" ? `user:${viewer.userId}` : networkOf(ip);
}

/** What comes after a plus goes to the same mailbox (RFC 5233). */
function mailboxOf(email: string): string {
  return email.toLowerCase().replace(/\+[^@]*@/, "@");
}
