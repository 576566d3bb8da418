import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { MediaId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";
import { writersOnly } from "../writers-only.ts";

const querystring = z.object({
  words: z.string().max(200).catch("").default(""),
  /** The name that the form it goes into has for the picture. */
  name: z
    .string()
    .regex(/^[a-zA-Z][\w-]{0,40}$/)
    .catch("pictureId"),
  selected: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).catch(0),
});

/** GET /admin/media/picker: pictures to choose one from, as a piece of another page's form. */
export const pickMedia: Route<{ Querystring: z.output<typeof querystring> }> = {
  method: "GET",
  url: "/admin/media/picker",
  schema: { querystring },
  onRequest: writersOnly,
  async handler(request, reply) {
    const { words, name, selected } = request.query;
    const chosen = selected === 0 ? null : (selected as MediaId);
    const items = await request.server.services.media.listPicturesToChoose(words.replaceAll("\0", "").trim(), chosen);
    const html = await request.server.templating.render("admin/media/picker.html", { items, name, selected });
    return reply.type("text/html; charset=utf-8").header("cache-control", "no-store").send(html);
  },
};
