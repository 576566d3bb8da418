import { adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { MediaId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";

const querystring = z.object({
  words: z.string().max(200).catch("").default(""),
  selected: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).catch(0),
});

/** GET /admin/products/pictures: pictures of the library to choose one from, as a piece of a product's form. */
export const listPictures: Route<{ Querystring: z.output<typeof querystring> }> = {
  method: "GET",
  url: "/admin/products/pictures",
  schema: { querystring },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { words, selected } = request.query;
    const chosen = selected === 0 ? null : (selected as MediaId);
    const items = await request.server.services.media.listPicturesToChoose(words.replaceAll("\0", "").trim(), chosen);
    const html = await request.server.templating.render("admin/products/pictures.html", { items, selected });
    return reply.type("text/html; charset=utf-8").header("cache-control", "no-store").send(html);
  },
};
