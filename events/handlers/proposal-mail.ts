import type { ConcernedPeople } from "@rose-ash/shared/contracts/calendar-desk.ts";
import type { FastifyInstance } from "fastify";

interface Occasion {
  readonly to: ConcernedPeople["mailTo"][number];
  readonly occasion: "proposed" | "confirmed" | "declined";
  /** Of the Message-ID. */
  readonly key: string;
}

/** To one who decides about an entry, or to whoever proposed it. */
export async function proposalMail(app: FastifyInstance, about: ConcernedPeople, { to, occasion, key }: Occasion) {
  const { subject, lead, path, link } = wordsOf(about, occasion);
  const url = app.publicUrl("events", path);
  const when = whenOf(app, about);
  const shown = { name: to.name, subject, lead, when, title: about.title, note: occasion === "proposed" ? "" : about.note, link, url };
  const parts = [
    `Hello${to.name === "" ? "" : ` ${oneLine(to.name)}`},`,
    lead,
    `${oneLine(about.title)}\n${when}`,
    ...(shown.note === "" ? [] : [`“${oneLine(shown.note)}”`]),
    `${link}: ${url}`,
    app.runtime.site.name,
  ];
  return {
    ...{ to: to.email, subject: oneLine(subject), text: `${parts.map(oneBlock).join("\n\n")}\n` },
    html: await app.templating.render("proposal-mail.html", shown),
    messageId: `<${key}@${new URL(app.publicUrl("events", "/")).hostname}>`,
  };
}

function wordsOf({ title, calendar, slug, proposedBy }: ConcernedPeople, occasion: Occasion["occasion"]) {
  switch (occasion) {
    case "proposed": {
      const lead = `${proposedBy || "Somebody"} proposes something for ${calendar}. It waits until somebody who looks after the calendar confirms or declines it.`;
      return { subject: `Proposed for ${calendar}: ${title}`, lead, path: "/desk", link: "Decide about it" };
    }
    case "confirmed":
      return {
        subject: `Confirmed: ${title}`,
        lead: `What you proposed stands in ${calendar} now, for everybody to see.`,
        ...{ path: `/entries/${slug}`, link: "See it" },
      };
    case "declined":
      return {
        subject: `Not taken: ${title}`,
        lead: `What you proposed for ${calendar} was declined.`,
        ...{ path: "/desk", link: "Your entries" },
      };
  }
}

function whenOf({ runtime }: FastifyInstance, { startsAt, zone }: ConcernedPeople): string {
  const day = { weekday: "long", day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit" } as const;
  return new Intl.DateTimeFormat(runtime.site.locale, { ...day, timeZone: zone }).format(startsAt);
}

/** What people typed starts no line of its own. */
function oneLine(words: string): string {
  return words.replaceAll(/\p{Cc}+/gu, " ");
}

const oneBlock = (block: string) => block.split("\n").map(oneLine).join("\n");
