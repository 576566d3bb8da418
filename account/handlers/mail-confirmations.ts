import type { ActivityHandler } from "@rose-ash/shared/infrastructure/activities/index.ts";
import type { Mailer } from "@rose-ash/shared/infrastructure/mail/index.ts";
import type { FastifyInstance } from "fastify";
import { makeLetterLinks } from "../services/letters/links.ts";

/**
 * Somebody asked for lists: the address is asked whether it is them. Who has them already is told so, there and nowhere else: the page
 * says the same to everybody. Cut off between the mail and the mark it goes out once more, under the same id.
 */
export const mailConfirmations = (app: FastifyInstance, mailer: Mailer): ActivityHandler => ({
  name: "account.mail-confirmations",
  kind: "outside",
  atOnce: 4,
  async handle({ object }) {
    const { services, publicUrl, templating, runtime } = app;
    const asked = await services.newsletters.findAsked(Number(object.id));
    if (asked === null) return; // erased meanwhile, or over
    const links = makeLetterLinks(runtime.config.DEPLOYMENT_SECRET);
    const { name: siteName } = runtime.site;
    const names = asked.lists.map(({ name }) => name);
    const isNew = names.length > 0;
    const url = isNew
      ? publicUrl("account", `/letters/confirm/${links.confirm(asked.consentId)}`)
      : publicUrl("account", `/letters/preferences/${links.preferences(asked.subscriberId)}`);
    const text = isNew
      ? `Somebody, we hope you, asked ${siteName} to send you ${names.join(" and ")}.

If it was you, say yes here within a week:

${url}

If it was not you, do nothing: nothing comes.

${siteName}
`
      : `Somebody, we hope you, asked ${siteName} for a newsletter that you get already.

There is nothing to do. Your newsletters stand here:

${url}

${siteName}
`;
    await mailer.send({
      ...{ to: asked.email, text, html: await templating.render("letters/confirm-mail.html", { names, url, isNew, siteName }) },
      subject: (isNew ? `Is it you? ${names.join(" and ")}` : "You get it already").replaceAll(/\p{Cc}+/gu, " ").slice(0, 150),
      messageId: `<confirm-${asked.consentId}@${new URL(publicUrl("account", "/")).hostname}>`,
    });
  },
});
