import { lookerOf } from "@rose-ash/shared/contracts/seen.ts";
import type { FastifyRequest, onResponseHookHandler } from "fastify";

/**
 * Remembers that a known reader looked at the product, after the page went out: neither its speed nor its success hangs on it.
 * A guest without a device gets the page that is kept for all, so there is nobody to remember it of. What a browser fetches in
 * advance nobody has looked at.
 */
export const noteView: onResponseHookHandler = (request, reply, done) => {
  done();
  const looker = lookerOf(request.viewer);
  if (looker === null || request.method !== "GET" || reply.statusCode !== 200 || isFetchedInAdvance(request)) return;
  const { server, log, params } = request;
  const slug = typeof params === "object" && params !== null && "slug" in params ? String(params.slug) : "";
  server
    .transaction((tx) => server.services.seen.noteView(tx, slug, looker))
    .catch((err: unknown) => log.warn({ err }, "what somebody looked at could not be noted"));
};

/** https://wicg.github.io/nav-speculation/prefetch.html#sec-purpose-header, and the name that browsers had for it before. */
function isFetchedInAdvance({ headers }: FastifyRequest): boolean {
  return [headers["sec-purpose"], headers["purpose"], headers["x-moz"]].some((purpose) => String(purpose).includes("prefetch"));
}
