import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { readLocal } from "@rose-ash/shared/infrastructure/zoned-time.ts";
import { z } from "zod";
import { ringLetters } from "../../../services/sending/keep-sending.ts";
import { sendLetterPage } from "./letter.ts";
import { idOf, LETTER_ROUTE, type LetterParams, letterParams, pageOf } from "./letter-params.ts";

const body = z.object({ when: z.enum(["now", "later"]).catch("now"), at: z.string().max(40).catch("").default("") });

/** POST /admin/newsletters/letters/:id/sending: now, or at a time by the site's clock. A second click finds that it is no draft any more. */
export const sendLetter: Route<{ Params: LetterParams; Body: z.output<typeof body> }> = {
  method: "POST",
  url: `${LETTER_ROUTE}/sending`,
  schema: { params: letterParams, body },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { services, transaction, runtime } = request.server;
    const id = idOf(request);
    const letter = await services.letters.getLetter(id);
    const isNow = request.body.when === "now";
    const at = isNow ? null : readLocal(request.body.at, runtime.site.timeZone);
    if (!isNow && (at === null || at <= runtime.clock.now()))
      return sendLetterPage(request, reply, letter, { at: "Choose a day and a time that lie ahead." });
    const isDone = await transaction((tx) => services.letters.schedule(tx, id, { at, by: adminOf(request).userId }));
    await ringLetters(request.server);
    return reply.redirect(withNotice(pageOf(id), isDone ? (isNow ? "letter-begun" : "letter-scheduled") : "letter-moved-on"), 303);
  },
};
