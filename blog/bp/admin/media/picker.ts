import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";
import { writersOnly } from "../writers-only.ts";
import { picturesToChoose } from "./pictures-to-choose.ts";

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
    const items = await picturesToChoose(request.server.services.media, words.replaceAll("\0", "").trim(), selected);
    const html = await request.server.templating.render("admin/media/picker.html", { items, name, selected });
    return reply.type("text/html; charset=utf-8").header("cache-control", "no-store").send(html);
  },
};
