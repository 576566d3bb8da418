import { createHash } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { askOutside, type OutsideReply } from "../../http/outside/index.ts";
import { type SignatureStyle, type SigningKey, signRequest } from "../signatures/index.ts";
import type { ClaimedDelivery } from "./claim.ts";

/**
 * What came of a try. done: taken, in this style; gone: nobody is there any more; again: it may go better later, after seconds where
 * the host said so; refused: it never will.
 */
export type Sent =
  | { readonly kind: "done"; readonly style: SignatureStyle }
  | { readonly kind: "gone" }
  | { readonly kind: "again"; readonly reason: string; readonly afterSeconds: number | null }
  | { readonly kind: "refused"; readonly reason: string };

const TIMEOUT_MS = 10_000;
const MOST_ANSWER = 64 * 1024;

/** Signs and posts one delivery, now. Never rejects for what the other side does. */
export async function send(app: FastifyInstance, delivery: ClaimedDelivery): Promise<Sent> {
  const { fediverse } = app;
  const actor = fediverse.actors.find(delivery.actor);
  const keys = actor === null ? null : await fediverse.keysOf(actor);
  if (keys === null) return { kind: "refused", reason: "its actor is no more" };
  const url = new URL(delivery.inbox);
  if (!fediverse.gate.takesPlainHttp && url.protocol !== "https:") return { kind: "refused", reason: "the inbox is not under https" };
  const more = await synchronisation(app, delivery);
  const reply = await post(app, { url, delivery, key: keys.rsa, style: delivery.style, more });
  if (reply.kind !== "answered" || reply.status !== 401) return sentOf(reply, delivery.style);
  // it may want the other style, and once it does it always will
  const other = delivery.style === "cavage" ? "rfc9421" : "cavage";
  return sentOf(await post(app, { url, delivery, key: keys.rsa, style: other, more }), other);
}

interface Post {
  readonly url: URL;
  readonly delivery: ClaimedDelivery;
  readonly key: SigningKey;
  readonly style: SignatureStyle;
  readonly more: Readonly<Record<string, string>>;
}

async function post({ fediverse, runtime }: FastifyInstance, { url, delivery, key, style, more }: Post): Promise<OutsideReply> {
  const { bytes, digest } = delivery.body;
  const signed = await signRequest({ method: "POST", url, body: bytes, digest, key, style, now: runtime.clock.now() });
  const headers = { ...signed, ...more, "content-type": "application/activity+json", accept: "*/*", "user-agent": "RoseAsh/1.0" };
  const tooLong = new AbortController(); // ended by hand: thousands of timers of their own would outlive what they are for
  const timer = setTimeout(() => tooLong.abort(), TIMEOUT_MS);
  try {
    const asked = { url, headers, post: bytes, maxBytes: MOST_ANSWER, isCut: true, signal: tooLong.signal };
    return await askOutside(asked, fediverse.outside);
  } finally {
    clearTimeout(timer);
  }
}

function sentOf(reply: OutsideReply, style: SignatureStyle): Sent {
  if (reply.kind === "refused") {
    const isFinal = reply.reason === "not-public";
    return isFinal ? { kind: "refused", reason: reply.reason } : { kind: "again", reason: reply.reason, afterSeconds: null };
  }
  const { status, headers } = reply;
  const reason = `it answered ${status}`;
  if (status >= 200 && status < 300) return { kind: "done", style };
  if (status === 410) return { kind: "gone" };
  if (status !== 429 && status !== 408 && status < 500) return { kind: "refused", reason };
  const after = Number(headers["retry-after"]);
  return { kind: "again", reason, afterSeconds: Number.isFinite(after) && after > 0 ? Math.min(after, 3600) : null };
}

/** FEP-8fcf: what only followers get says who of them we think is there. */
async function synchronisation({ fediverse, services }: FastifyInstance, { visibility, actor: uri, host }: ClaimedDelivery) {
  const actor = fediverse.actors.find(uri);
  if (visibility !== "followers" || actor === null) return {};
  const followers = fediverse.actors.collectionOf(actor, "followers");
  const digest = digestOfFollowers(await services.fediverse.listFollowersOn(uri, host));
  return { "collection-synchronization": `collectionId="${followers}", url="${followers}/synchronise", digest="${digest}"` };
}

/** The exclusive or of the hashes of all, in hex: the same in whatever order. */
export function digestOfFollowers(followers: readonly string[]): string {
  const sum = Buffer.alloc(32);
  for (const follower of followers) {
    const hash = createHash("sha256").update(follower).digest();
    for (const [index, byte] of hash.entries()) sum[index] = (sum[index] ?? 0) ^ byte;
  }
  return sum.toString("hex");
}
