import type { NoticeMail } from "@rose-ash/shared/contracts/notices.ts";
import type { NotificationKind } from "@rose-ash/shared/models/federation.ts";
import type { FastifyInstance } from "fastify";

/** What one of them, or several, did. */
const DONE: Partial<Record<NotificationKind, readonly [one: string, several: string]>> = {
  mention: ["mentioned you", "mentioned you"],
  follow: ["follows you", "follow you"],
  "follow-request": ["asks to follow you", "ask to follow you"],
  post: ["wrote something", "wrote something"],
  move: ["has moved", "have moved"],
};

/** A notification as a mail: who did what, the first words of what it is about, and the way there. */
export async function noticeMail(app: FastifyInstance, { email, name, group }: NoticeMail, id: string) {
  const { templating, publicUrl, runtime } = app;
  const subject = oneLine(subjectOf(group));
  const quote = oneLine(group.about?.words ?? "");
  const url = group.activity?.object.url ?? publicUrl("federation", group.about?.path ?? "/notifications");
  const settingsUrl = publicUrl("account", "/settings/notices");
  const shown = { name: oneLine(name), subject, quote, url, settingsUrl };
  const parts = [
    ...[`Hello ${shown.name},`, `${subject}.`, ...(quote === "" ? [] : [`“${quote}”`]), url],
    `What you get by mail is yours to choose: ${settingsUrl}`,
    runtime.site.name,
  ];
  return {
    ...{ to: email, subject, text: `${parts.join("\n\n")}\n`, html: await templating.render("notice-mail.html", shown) },
    messageId: `<notice-${id}@${new URL(publicUrl("account", "/")).hostname}>`,
  };
}

function subjectOf({ kind, people, others, activity }: NoticeMail["group"]): string {
  if (activity !== null) return `${activity.actor.name} ${activity.verb} ${activity.object.name}`;
  const [first] = people;
  const [one, several] = DONE[kind] ?? ["did something", "did something"];
  const more = people.length - 1 + others;
  const who = `${first?.name ?? "Somebody"} (${first?.handle ?? ""})`;
  return more > 0 ? `${who} and ${more} more ${several}` : `${who} ${one}`;
}

/** What people typed starts no line of its own, and turns nothing round. */
const oneLine = (words: string): string => words.replaceAll(/[\p{Cc}\p{Cf}]+/gu, " ").slice(0, 300);
