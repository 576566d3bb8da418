import { createHash } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import { type CacheTag, isCovered } from "../../contracts/tags.ts";
import { type Cache, Kept } from "../cache/index.ts";

const NEAR_BYTES = 16 * 1024 * 1024;

/** A page as every guest without cookies of ours gets it. */
export interface KeptPage {
  html: string;
  /** In its quotes. */
  etag: string;
}

/** A page as it was made. goodUntil: when what it says stops being true, in ms since 1970. */
export interface MadePage extends KeptPage {
  goodUntil: number;
}

/** The pages of one app. */
export function keepPages(cache: Cache): Kept<KeptPage> {
  return new Kept<KeptPage>({
    cache,
    pack: (page) => page.etag + page.html,
    unpack: readPage,
    sizeOf: ({ html }) => html.length,
    maxBytes: NEAR_BYTES,
  });
}

function readPage(text: string): KeptPage | null {
  const [etag] = /^"[\w-]{22}"/.exec(text) ?? [];
  return etag === undefined ? null : { etag, html: text.slice(etag.length) };
}

/** RFC 9110 §8.8.3: a strong validator, since the same bytes are sent to everybody. */
function etagOf(html: string): string {
  return `"${createHash("sha256").update(html).digest("base64url").slice(0, 22)}"`;
}

/** Whether the reader has this very page already, RFC 9110 §13.1.2: the comparison is weak, as proxies that compress weaken it. */
export function isSame(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch.split(",").some((tag) => tag.trim() === "*" || tag.trim().replace(/^W\//, "") === etag);
}

/**
 * The page in an answer, if it may be shown to all guests: whole, nothing personal in it, no cookie given with it, and
 * purged with everything that it shows.
 */
export function pageOf(request: FastifyRequest, reply: FastifyReply, payload: unknown, tags: readonly CacheTag[]): MadePage | null {
  const isPage = typeof payload === "string" && reply.statusCode === 200 && String(reply.getHeader("content-type")).startsWith("text/html");
  const isEverybodys = request.viewer.kind === "guest" && request.viewer.deviceId === null && !reply.hasHeader("set-cookie");
  if (!isPage || !isEverybodys || request.shown === null) return null;
  const mayStay = request.shown.every(({ how, isPersonal, tags: own }) => how !== "fallback" && !isPersonal && isCovered(own, tags));
  const goodUntil = Math.min(request.goodUntil, ...request.shown.map((piece) => piece.goodUntil));
  return mayStay ? { html: payload, etag: etagOf(payload), goodUntil } : null;
}
