import { randomUUID } from "node:crypto";
import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { openBulkMailer } from "@rose-ash/shared/infrastructure/mail/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { SubscriberId } from "@rose-ash/shared/models/ids.ts";
import type { AccountConfig } from "../../../config/schema.ts";
import { frameOf, mailedLetter } from "../../../services/letters/frame.ts";
import { prepareLetter } from "../../../services/letters/letter-mail.ts";
import { bulkSettings } from "../../../services/sending/settings.ts";
import { idOf, LETTER_ROUTE, type LetterParams, letterParams, pageOf } from "./letter-params.ts";

const NOBODY = 0 as SubscriberId;

/** POST /admin/newsletters/letters/:id/test: to the address of whoever presses, and to no other; the links in it are nobody's. */
export const testLetter: Route<{ Params: LetterParams }> = {
  method: "POST",
  url: `${LETTER_ROUTE}/test`,
  schema: { params: letterParams },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { services, runtime, publicUrl, templating } = request.server;
    const config = runtime.config as AccountConfig; // this app's own
    const [letter, person] = await Promise.all([
      services.letters.getLetter(idOf(request)),
      services.identity.findPerson(adminOf(request).userId),
    ]);
    const page = pageOf(letter.id);
    if (!person?.email) return reply.redirect(withNotice(page, "newsletter-no-address"), 303);
    const prepared = await prepareLetter(frameOf({ config, site: runtime.site, publicUrl, templating }), mailedLetter(letter));
    const mail = prepared.to({ subscriberId: NOBODY, email: person.email, name: person.name });
    const mailer = await openBulkMailer({ ...bulkSettings(config), connections: 1 }, config);
    const messageId = `<test-${randomUUID()}@${new URL(publicUrl("account", "/")).hostname}>`;
    const outcome = await mailer.send({ ...mail, messageId, subject: `Test: ${mail.subject}` });
    mailer.close();
    return reply.redirect(withNotice(page, outcome.kind === "sent" ? "letter-tested" : "letter-not-tested"), 303);
  },
};
