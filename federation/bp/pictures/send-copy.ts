import { nothingHere } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { copyOf } from "../../pictures/copy-of.ts";

/** Many stand on one page. */
export const PICTURES_PER_MINUTE = 1200;

/** Our copy of the picture at an address, for this reader's browser alone; opened by itself it can run nothing. Throws not-found where it can't be had. */
export async function sendCopy(request: FastifyRequest, reply: FastifyReply, url: string | null): Promise<FastifyReply> {
  const name = url === null ? null : await copyOf(request.server, url);
  if (name === null) throw nothingHere();
  reply.headers({
    "content-type": "image/webp",
    "content-security-policy": "default-src 'none'; sandbox",
    "cache-control": "private, max-age=3600",
    "cross-origin-resource-policy": "cross-origin", // apps that are pages elsewhere show them, and bring no cookies
    etag: `"${name}"`,
  });
  if (request.headers["if-none-match"]?.includes(`"${name}"`)) return reply.code(304).send();
  const opened = await request.server.runtime.media.open(name);
  if (opened === null) throw nothingHere();
  return reply.header("content-length", opened.byteLength).send(opened.bytes);
}
