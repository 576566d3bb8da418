import { randomUUID } from "node:crypto";
import type { ClaimedReader, LetterText } from "@rose-ash/shared/contracts/letters.ts";
import type { Newsletter } from "@rose-ash/shared/contracts/newsletters.ts";
import type { BulkMail } from "@rose-ash/shared/infrastructure/mail/index.ts";
import type { PublicUrl } from "@rose-ash/shared/infrastructure/service-deps.ts";
import { type Templating, trustedHtml } from "@rose-ash/shared/infrastructure/templating.ts";
import type { LetterId } from "@rose-ash/shared/models/ids.ts";
import type { LetterLinks } from "./links.ts";
import { mailHtml } from "./mail-html.ts";
import { mailText } from "./mail-text.ts";

/** What all letters of a site have in common. from: "Rose Ash <post@…>". bounces: where mail comes back to; "" for the sender's address. */
export interface LetterFrame {
  templating: Templating;
  publicUrl: PublicUrl;
  links: LetterLinks;
  siteName: string;
  from: string;
  bounces: string;
}

/** A letter as far as its mail says. archived: everybody may read it on the site. */
export interface MailedLetter extends LetterText {
  id: LetterId;
  newsletter: Pick<Newsletter, "id" | "slug" | "name" | "senderName">;
  isArchived: boolean;
}

/** What differs from reader to reader stands in for itself, until one is written to. */
interface Places {
  leave: string;
  preferences: string;
  email: string;
}

/** A letter made once, and its mail to each reader. */
export interface PreparedLetter {
  to(reader: Pick<ClaimedReader, "subscriberId" | "email" | "name">): BulkMail;
}

/** Where a letter can be read on the site. */
function archivePath(slug: string, id: LetterId): string {
  return `/letters/${slug}/${id}`;
}

export async function prepareLetter(frame: LetterFrame, letter: MailedLetter): Promise<PreparedLetter> {
  const { publicUrl, links, from, bounces, siteName } = frame;
  const { newsletter, id, subject } = letter;
  const mark = randomUUID();
  const places: Places = {
    leave: `https://leave.invalid/${mark}`,
    preferences: `https://preferences.invalid/${mark}`,
    email: `to-${mark}`,
  };
  const [html, text] = [await htmlOf(frame, letter, places), textOf(frame, letter, places)];
  const address = addressIn(from);
  const host = new URL(publicUrl("account", "/")).hostname;
  return {
    to({ subscriberId, email, name }) {
      const leave = publicUrl("account", `/letters/leave/${links.leave({ subscriberId, newsletterId: newsletter.id, letterId: id })}`);
      const preferences = publicUrl("account", `/letters/preferences/${links.preferences(subscriberId)}`);
      const returned = links.returned(id, subscriberId);
      const fill = (words: string, shown: string) =>
        words
          .replaceAll(places.leave, leave)
          .replaceAll(places.preferences, preferences)
          .replaceAll(places.email, () => shown);
      return {
        from: { name: oneLine(newsletter.senderName || nameIn(from) || siteName), address },
        to: { name: oneLine(name), address: email },
        subject,
        html: fill(html, escaped(email)),
        text: fill(text, email),
        messageId: `<letter-${returned}@${host}>`,
        envelopeFrom: bounces === "" ? address : bounces.replace("@", `+${returned}@`),
        headers: {
          "List-Id": `<${newsletter.slug}.letters.${host}>`,
          "List-Unsubscribe": `<${leave}>`,
          "List-Unsubscribe-Post": "List-Unsubscribe=One-Click", // RFC 8058 §3.1
          "X-Letter": returned,
        },
      };
    },
  };
}

function htmlOf({ templating, publicUrl, siteName }: LetterFrame, letter: MailedLetter, places: Places): Promise<string> {
  const archiveUrl = archiveUrlOf(publicUrl, letter);
  return templating.render("letters/mail.html", {
    ...{ subject: letter.subject, preheader: letter.preheader, language: letter.language, listName: letter.newsletter.name },
    content: trustedHtml(mailHtml(letter.html, { origin: publicUrl("blog", ""), url: archiveUrl })),
    ...{ siteName, siteUrl: publicUrl("blog", "/"), archiveUrl },
    ...{ leaveUrl: places.leave, preferencesUrl: places.preferences, email: places.email },
  });
}

function textOf({ publicUrl, siteName }: LetterFrame, letter: MailedLetter, places: Places): string {
  const archiveUrl = archiveUrlOf(publicUrl, letter);
  const end = [
    `${siteName} sends you ${letter.newsletter.name} at ${places.email}.`,
    `Why do I get this, and what else is there?\n${places.preferences}`,
    `Unsubscribe:\n${places.leave}`,
    ...(archiveUrl === "" ? [] : [`Read it on the site:\n${archiveUrl}`]),
  ];
  const body = mailText(letter.html, publicUrl("blog", ""));
  return `${letter.subject}\n${"=".repeat(Math.min(72, letter.subject.length))}\n\n${body}\n\n-- \n${end.join("\n\n")}\n`;
}

const archiveUrlOf = (publicUrl: PublicUrl, { isArchived, newsletter, id }: MailedLetter) =>
  isArchived ? publicUrl("account", archivePath(newsletter.slug, id)) : "";

/** Nothing in a name begins another line of the head, or another address. */
function oneLine(words: string): string {
  return words
    .replaceAll(/\p{Cc}+/gu, " ")
    .trim()
    .slice(0, 100);
}

function addressIn(from: string): string {
  return /<([^<>]+)>/.exec(from)?.[1] ?? from;
}

function nameIn(from: string): string {
  return /^\s*"?([^"<]*?)"?\s*</.exec(from)?.[1] ?? "";
}

function escaped(words: string): string {
  return words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
