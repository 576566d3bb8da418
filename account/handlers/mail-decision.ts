import type { ActivityHandler } from "@rose-ash/shared/infrastructure/activities/index.ts";
import type { Mailer } from "@rose-ash/shared/infrastructure/mail/index.ts";
import type { JoinRequestId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyInstance } from "fastify";

/** Whoever asked to join hears what was decided, and why. A try that was cut off sends again, under the same message id. */
export const mailDecision = (app: FastifyInstance, mailer: Mailer): ActivityHandler => ({
  name: "account.mail-decision",
  kind: "outside",
  atOnce: 2,
  async handle({ object }) {
    const decided = await app.services.joining.findDecided(Number(object.id) as JoinRequestId);
    if (decided === null) return;
    const { runtime, publicUrl, templating } = app;
    const isIn = decided.state === "approved";
    const { name: site } = runtime.site;
    const url = publicUrl("account", isIn ? "/auth/login?next=/membership" : "/join");
    const lead = isIn
      ? `You are a member of ${site} now. Sign in with this mail address.`
      : `You asked to join ${site}, and were not let in.`;
    await mailer.send({
      to: decided.email,
      subject: isIn ? `Welcome to ${site}` : `Your request to join ${site}`,
      text: [`Hello ${decided.name},`, lead, `“${decided.reason}”`, ...(isIn ? [url] : []), site].join("\n\n"),
      html: await templating.render("decision-mail.html", { name: decided.name, lead, reason: decided.reason, url, isIn }),
      messageId: `<join-request-${decided.id}@${new URL(publicUrl("account", "/")).hostname}>`,
    });
  },
});
