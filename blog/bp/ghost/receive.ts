import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { GhostDelivery } from "@rose-ash/shared/contracts/ghost.ts";
import { nothingHere, type Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";
import { verifyWebhook } from "../../services/ghost/index.ts";

/** A post with its text twice, its authors and its tags. */
const MOST_BYTES = 8_000_000;

/** An import there, or a change of many pieces, tells of each: what is refused, a sweep finds hours later only. */
const MOST_A_MINUTE = 3000;

const side = z
  .object({
    id: z
      .string()
      .regex(/^[0-9a-f]{24}$/)
      .optional(),
  })
  .catch({}); // an id of another kind is none of Ghost's: a sweep finds out what happened
const resource = z.object({ current: side.default({}), previous: side.default({}) }).optional();
const webhook = z.object({ event: z.string().regex(/^[\w.-]{1,100}$/), post: resource, page: resource });

/**
 * POST /webhooks/ghost: writes down what was said to have happened and answers; Ghost waits for two seconds and never asks again.
 * It never answers 410, by which Ghost would forget the webhook. Of a deletion only `previous` tells the id.
 */
export const receiveWebhook: Route<{ Body: Buffer | null }> = {
  method: "POST",
  url: "/webhooks/ghost",
  bodyLimit: MOST_BYTES,
  config: { origin: "exempt", requestsPerMinute: MOST_A_MINUTE },
  async handler(request, reply) {
    const { ghost, services, transaction, runtime } = request.server;
    if (ghost === null || ghost.webhookSecret === null) throw nothingHere();
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const verified = verifyWebhook(request.headers["x-ghost-signature"], body, ghost.webhookSecret, runtime.clock.now());
    if (verified === null) throw new CodedError("webhook-refused", "The signature is missing, wrong or old.");
    const delivery = { ...verified, ...read(body) };
    const isNew = await transaction((tx) => services.ghost.receive(tx, delivery));
    if (!isNew) throw new CodedError("webhook-refused", "This delivery came before.");
    return reply.code(202).send({ status: "kept" });
  },
};

/** A body that is not as Ghost writes it is signed all the same: something happened, and a sweep finds out what. */
function read(body: Buffer): Omit<GhostDelivery, "signature" | "sentAt"> {
  const parsed = webhook.safeParse(parse(body));
  if (!parsed.success) return { event: "unknown", piece: null, asksForSweep: true, asksForMembers: false };
  const { event, post, page } = parsed.data;
  const found = post ?? page;
  const ghostId = found?.current.id ?? found?.previous.id;
  const piece = ghostId === undefined ? null : { kind: post ? ("post" as const) : ("page" as const), ghostId };
  const asksForMembers = event.startsWith("member.");
  return { event, piece, asksForSweep: piece === null && !asksForMembers, asksForMembers };
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return null;
  }
}
