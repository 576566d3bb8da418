import type { FastifyRequest } from "fastify";
import plugin from "fastify-plugin";
import { CodedError } from "../../contracts/errors.ts";
import { nothingHere } from "./error-pages.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** "exempt": the route authenticates each request itself (a bearer token, a signature) and no browser's cookies count. */
    origin?: "exempt";
  }
}

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);
/** Reached by address instead of name: by other services with a token or a client's secret, by health checks. */
const BY_ADDRESS = /^\/(internal\/|oauth\/(token|jwks)$|healthz$|readyz$)/;

/** Refuses requests for another host (421) and changing requests that no page of this origin sent (403). */
export const guards = plugin<{ origin: string }>(async (app, { origin }) => {
  const own = new URL(origin);
  app.addHook("onRequest", async (request) => {
    if (request.host !== own.host && !BY_ADDRESS.test(request.url)) {
      throw new CodedError("wrong-host", `This is ${own.host}.`);
    }
    if (request.url.includes("%00")) throw nothingHere(); // no text of PostgreSQL holds it
    // where nothing is, nothing can be changed: the answer is that of any address of nothing
    const isExempt = SAFE_METHODS.has(request.method) || request.is404 || request.routeOptions.config.origin === "exempt";
    if (!isExempt && !isSameOrigin(request, own.origin)) {
      throw new CodedError(
        "cross-origin",
        "For your safety a form is accepted only from a page of this very site. Please open the page again and retry.",
      );
    }
  });
});

/** Sec-Fetch-Site can't be set by a page; browsers without it send Origin with every POST. */
function isSameOrigin({ headers }: FastifyRequest, own: string): boolean {
  const site = headers["sec-fetch-site"];
  return site === undefined ? headers.origin === own : site === "same-origin";
}
