import type { FastifyReply, FastifyRequest } from "fastify";
import { CodedError } from "../../../contracts/errors.ts";
import type { Json } from "../../../contracts/fediverse.ts";
import { findReader } from "../gate/index.ts";
import { messageOf } from "./message-of.ts";

const KEPT_SECONDS = 60;

/** Answers with a document of ActivityStreams. */
export function sendDocument(request: FastifyRequest, reply: FastifyReply, document: Json): FastifyReply {
  const isForAll = request.server.runtime.config.AUTHORIZED_FETCH === "off";
  reply.header("cache-control", isForAll ? `public, max-age=${KEPT_SECONDS}` : "private, no-store").header("vary", "accept, signature");
  return reply.type("application/activity+json; charset=utf-8").send(Buffer.from(JSON.stringify(document)));
}

/** Where the instance says who asks must sign: so that a host that is suspended gets nothing. Throws not-signed or peer-blocked. */
export async function letRead(request: FastifyRequest): Promise<void> {
  const { runtime, fediverse } = request.server;
  if (runtime.config.AUTHORIZED_FETCH === "off") return;
  const reader = await findReader(fediverse.gate, messageOf(request));
  if (reader.kind === "refused") throw new CodedError(reader.code, `Nothing is shown: ${reader.reason}.`);
}

/** What reads documents, not pages: it names their types, and likes HTML less. */
export function wantsDocument(accept: string | undefined): boolean {
  if (accept === undefined || !/application\/(activity|ld)\+json/i.test(accept)) return false;
  const qualityOf = (pattern: RegExp) => {
    const range = accept.split(",").find((one) => pattern.test(one));
    return range === undefined ? 0 : Number(/;\s*q=([\d.]+)/i.exec(range)?.[1] ?? 1);
  };
  return qualityOf(/application\/(activity|ld)\+json/i) >= qualityOf(/text\/html/i);
}
