import type { FastifyReply } from "fastify";

const SECTIONS = [
  { name: "Overview", url: "/settings" },
  { name: "Profile", url: "/settings/profile" },
  { name: "Moving", url: "/settings/move" },
  { name: "Your data", url: "/settings/data" },
  { name: "Sign-ins", url: "/settings/sign-ins" },
  { name: "Passkeys", url: "/settings/passkeys" },
  { name: "Connected apps", url: "/settings/connections" },
  { name: "Your apps", url: "/settings/apps" },
  { name: "Moderation", url: "/settings/moderation" },
] as const;

export type Section = (typeof SECTIONS)[number]["name"];

/** A page of settings, with the line of their sections. */
export function settingsPage(reply: FastifyReply, section: Section, template: string, context: object): Promise<FastifyReply> {
  const sections = SECTIONS.map((one) => ({ ...one, isCurrent: one.name === section }));
  return reply.page(`settings/${template}`, { sections, ...context });
}

/** What a page asks before it does what can't be undone. */
export interface Question {
  title: string;
  lead: string;
  /** Where the yes is posted. */
  action: string;
  yes: string;
  backUrl: string;
}

/** Asks, by the name of the thing. */
export function askFirst(reply: FastifyReply, section: Section, question: Question): Promise<FastifyReply> {
  return settingsPage(reply, section, "ask.html", question);
}
