import type { FastifyInstance } from "fastify";

const HEADERS: Readonly<Record<string, string>> = {
  "access-control-allow-origin": "*",
  "access-control-allow-methods": "GET, POST, PUT, PATCH, DELETE, OPTIONS",
  "access-control-allow-headers": "Authorization, Content-Type, Idempotency-Key",
  "access-control-expose-headers": "Link, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, X-Request-Id",
  "access-control-max-age": "86400",
  "cross-origin-resource-policy": "cross-origin",
};

/**
 * Lets pages of other sites ask at the routes of this scope: what they get they get by a token, as nobody's cookies are looked at here.
 * preflights: addresses at which browsers ask first.
 */
export function openToPages(app: FastifyInstance, preflights: readonly string[] = []): void {
  app.addHook("onSend", async (_request, reply) => {
    for (const [name, value] of Object.entries(HEADERS))
      if (reply.getHeader(name) === undefined || name.startsWith("cross")) reply.header(name, value);
  });
  for (const url of preflights) app.options(url, (_request, reply) => reply.code(204).send());
}
