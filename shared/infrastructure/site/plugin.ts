import plugin from "fastify-plugin";
import { z } from "zod";
import { nothingHere, type Route } from "../http/index.ts";
import type { SiteKeeper } from "./live-site.ts";

const params = z.object({ name: z.string().max(60) });

/** GET /static/site/<hash>.css: the colours of the site, for pages that may load no other style. An older name gets those of now, for now. */
export const siteSheet = plugin<{ siteKeeper: SiteKeeper }>(async (app, { siteKeeper }) => {
  const show: Route<{ Params: z.output<typeof params> }> = {
    method: "GET",
    url: "/static/site/:name",
    schema: { params },
    logLevel: "silent",
    async handler(request, reply) {
      const sheet = siteKeeper.sheet();
      if (sheet === null || !/^[\w-]{16}\.css$/.test(request.params.name)) throw nothingHere();
      const isNamed = sheet.path.endsWith(`/${request.params.name}`);
      reply.header("etag", sheet.etag).header("cache-control", isNamed ? "public, max-age=31536000, immutable" : "no-cache");
      if (request.headers["if-none-match"]?.includes(sheet.etag)) return reply.code(304).send();
      return reply.type("text/css; charset=utf-8").send(sheet.css);
    },
  };
  app.route(show);
});
