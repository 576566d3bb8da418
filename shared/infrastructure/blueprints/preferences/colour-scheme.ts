import type { FastifyRequest } from "fastify";
import { z } from "zod";
import type { Route } from "../../http/index.ts";
import { localPath } from "../../local-path.ts";

const SCHEMES = ["auto", "light", "dark"] as const;
const COOKIE = "rose_scheme";
const body = z.object({ scheme: z.enum(SCHEMES) });

/** POST /preferences/colour-scheme: keeps the choice for a year and goes back to where it was made. */
export const chooseColourScheme: Route<{ Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/preferences/colour-scheme",
  schema: { body },
  async handler(request, reply) {
    const { config } = request.server.runtime;
    reply.setCookie(COOKIE, request.body.scheme, {
      domain: config.SITE_DOMAIN,
      path: "/",
      sameSite: "lax",
      httpOnly: true,
      secure: request.protocol === "https",
      maxAge: 365 * 24 * 3600,
    });
    return reply.redirect(localPath(refererPath(request), "/"), 303);
  },
};

/** The scheme this browser asked for; "auto" follows the system. */
export function colourSchemeOf(request: FastifyRequest): (typeof SCHEMES)[number] {
  return SCHEMES.find((scheme) => scheme === request.cookies[COOKIE]) ?? "auto";
}

/** Path and query of the page that sent the form: other hosts' pages show at most their origin. */
function refererPath(request: FastifyRequest): string | undefined {
  const referer = URL.parse(request.headers.referer ?? "");
  return referer?.host === request.host ? referer.pathname + referer.search : undefined;
}
