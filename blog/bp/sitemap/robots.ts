import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { sendPublic } from "../send-public.ts";

/** GET /robots.txt, RFC 9309: everything that is public may be read; searches and what needs a sign-in are of no use to robots. */
export const showRobots: Route<object> = {
  method: "GET",
  url: "/robots.txt",
  async handler(request, reply) {
    const lines = ["User-agent: *", "Disallow: /search", "Disallow: /admin", "Disallow: /auth/", "Disallow: /preview/"];
    const body = [...lines, "", `Sitemap: ${request.server.publicUrl("blog", "/sitemap.xml")}`, ""].join("\n");
    return sendPublic(request, reply, { type: "text/plain; charset=utf-8", body });
  },
};
