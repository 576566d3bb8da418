import type { TicketMail, WaitView } from "@rose-ash/shared/contracts/tickets.ts";
import type { FastifyInstance } from "fastify";

/** What is said of each occasion. */
const SAID = {
  issued: { subject: "Your tickets", lead: "Here is what you show at the door, on a screen or printed." },
  off: {
    subject: "It does not take place",
    lead: "It was cancelled. On the page of each ticket you can give it back, and what you paid comes back to you.",
  },
  moved: {
    subject: "It was moved",
    lead: "It takes place at another time than when you got your ticket. The ticket is good then, too; if it does not suit you, give it back on its page.",
  },
  back: { subject: "It takes place after all", lead: "It takes place as planned, and your ticket is good." },
} as const;

interface MailOf {
  readonly kind: keyof typeof SAID;
  /** Of the Message-ID. */
  readonly key: string;
}

/** To one holder, about their tickets of one occasion. */
export async function ticketMail(app: FastifyInstance, { email, name, tickets }: TicketMail, { kind, key }: MailOf) {
  const { subject, lead } = SAID[kind];
  const about = tickets[0]?.title ?? "";
  const rows = tickets.map((ticket) => ({
    what: `${ticket.typeName}, ${whenOf(app, ticket.startsAt, ticket)}${ticket.place === "" ? "" : `, ${ticket.place}`}`,
    code: ticket.code,
    url: app.publicUrl("events", `/tickets/${ticket.code}`),
  }));
  return mailOf(app, { email, name, lead, key, rows, subject: `${subject}: ${about}` });
}

/** To whoever is next on a waiting list. */
export async function offerMail(app: FastifyInstance, { email, name, wait }: { email: string; name: string; wait: WaitView }, id: string) {
  const until = wait.offeredUntil === null ? "" : whenOf(app, wait.offeredUntil, wait);
  const row = {
    what: `${wait.quantity} × ${wait.typeName}, ${whenOf(app, wait.startsAt, wait)}`,
    code: "",
    url: app.publicUrl("events", `/waiting/${wait.token}`),
  };
  const lead = `A place has come free, and it is kept for you until ${until}. After that it goes to whoever is next.`;
  return mailOf(app, { email, name, lead, key: `offer-${id}`, rows: [row], subject: `There is a place for you: ${wait.title}` });
}

interface Said {
  readonly email: string;
  readonly name: string;
  readonly subject: string;
  readonly lead: string;
  readonly key: string;
  readonly rows: readonly { what: string; code: string; url: string }[];
}

async function mailOf(app: FastifyInstance, { email, name, subject, lead, key, rows }: Said) {
  const html = await app.templating.render("ticket-mail.html", { name, lead, subject, rows });
  const parts = [
    `Hello${name === "" ? "" : ` ${oneLine(name)}`},`,
    lead,
    ...rows.map(({ what, code, url }) => [oneLine(what), ...(code === "" ? [] : [code]), url].join("\n")),
    app.runtime.site.name,
  ];
  return {
    to: email,
    subject: oneLine(subject),
    text: `${parts.join("\n\n")}\n`,
    html,
    messageId: `<${key}@${new URL(app.publicUrl("events", "/")).hostname}>`,
  };
}

function whenOf({ runtime }: FastifyInstance, at: Date, { zone }: { zone: string }): string {
  const day = { weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" } as const;
  return new Intl.DateTimeFormat(runtime.site.locale, { ...day, timeZone: zone }).format(at);
}

/** What people typed starts no line of its own. */
function oneLine(words: string): string {
  return words.replaceAll(/\p{Cc}+/gu, " ");
}
