import type { DueInvitation } from "@rose-ash/shared/contracts/invitations.ts";
import type { FastifyInstance } from "fastify";
import { answerPath } from "../bp/invitations/answer-path.ts";

/** Asks somebody to come, says that it is otherwise, or that it is off; with the file that calendar programs read. */
export async function invitationMail(app: FastifyInstance, due: DueInvitation) {
  const { templating, runtime, publicUrl } = app;
  const { title, summary, place, rule, method, isFirst, guestId, sequence, url } = due;
  const isOff = method === "CANCEL";
  const subject = `${isOff ? "Off: " : isFirst ? "Invitation: " : "Changed: "}${title}`.replaceAll(/[\r\n]+/g, " ");
  const format = new Intl.DateTimeFormat(runtime.site.locale, {
    dateStyle: "full",
    ...(due.isAllDay ? {} : { timeStyle: "short" }),
    timeZone: due.zone,
  });
  const when = `${format.format(due.startsAt)} (${due.zone})`;
  const answerUrl = isOff ? "" : publicUrl("events", answerPath(runtime.config.DEPLOYMENT_SECRET, guestId));
  const context = { title, summary, place, rule, when, isOff, isFirst, url, answerUrl, siteName: runtime.site.name };
  const text = [
    isOff ? `${title} is off.` : isFirst ? `You are asked to come to ${title}.` : `What you were asked to is otherwise: ${title}.`,
    [when, rule, place].filter((line) => line !== "").join("\n"),
    ...(summary === "" ? [] : [summary]),
    ...(isOff ? [] : [`Say whether you come: ${answerUrl}`, url]),
    runtime.site.name,
  ].join("\n\n");
  const type = `text/calendar; method=${method}; charset=utf-8`;
  return {
    ...{ to: due.email, subject, text, html: await templating.render("invitation-mail.html", context) },
    messageId: `<invitation-${guestId}-${sequence}-${method.toLowerCase()}@${new URL(publicUrl("events", "/")).hostname}>`,
    attachments: [{ filename: isOff ? "cancelled.ics" : "invitation.ics", contentType: type, content: due.file }],
  };
}
