import { adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { MediaId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";

const querystring = z.object({
  words: z.string().max(200).catch("").default(""),
  selected: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).catch(0),
});

/** GET /admin/site/pictures: pictures of the library that fit, as a piece of the form. */
export const chooseLogo: Route<{ Querystring: z.output<typeof querystring> }> = {
  method: "GET",
  url: "/admin/site/pictures",
  schema: { querystring },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { services, templating } = request.server;
    const { words, selected } = request.query;
    const chosen = selected === 0 ? null : (selected as MediaId);
    const items = await services.media.listPicturesToChoose(words.replaceAll("\0", "").trim(), chosen);
    const html = await templating.render("admin/site/pictures.html", { items, selected });
    return reply.type("text/html; charset=utf-8").header("cache-control", "private, no-store").send(html);
  },
};
