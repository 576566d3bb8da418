import { adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { APPS } from "@rose-ash/shared/models/apps.ts";
import type { SubscriberId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";
import type { AccountConfig } from "../../../config/schema.ts";
import { frameOf, mailedLetter } from "../../../services/letters/frame.ts";
import { prepareLetter } from "../../../services/letters/letter-mail.ts";
import { idOf, LETTER_ROUTE, type LetterParams, letterParams } from "./letter-params.ts";

const query = z.object({ as: z.enum(["html", "text"]).catch("html") });

/** GET /admin/newsletters/letters/:id/preview: the mail itself, to be shown in a frame of its page. Nothing in it runs, and its links lead nowhere. */
export const previewLetter: Route<{ Params: LetterParams; Querystring: z.output<typeof query> }> = {
  method: "GET",
  url: `${LETTER_ROUTE}/preview`,
  schema: { params: letterParams, querystring: query },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { services, runtime, publicUrl, templating } = request.server;
    const config = runtime.config as AccountConfig; // this app's own
    const letter = await services.letters.getLetter(idOf(request));
    const prepared = await prepareLetter(frameOf({ config, site: runtime.site, publicUrl, templating }), mailedLetter(letter));
    const mail = prepared.to({ subscriberId: 0 as SubscriberId, email: "reader@example.org", name: "" });
    const own = APPS.map((app) => publicUrl(app, "")).join(" ");
    reply
      .header("cache-control", "private, no-store")
      .header("x-frame-options", "SAMEORIGIN")
      .header(
        "content-security-policy",
        `sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src ${own} data: https:; frame-ancestors 'self'`,
      );
    return request.query.as === "text"
      ? reply.type("text/plain; charset=utf-8").send(mail.text)
      : reply.type("text/html; charset=utf-8").send(mail.html);
  },
};
