import type { FastifyReply } from "fastify";

const SECTIONS = [
  { name: "Find people", url: "/people" },
  { name: "Following", url: "/following" },
  { name: "Followers", url: "/followers" },
  { name: "Lists", url: "/lists" },
  { name: "Muted and blocked", url: "/hidden" },
] as const;

export type PeopleSection = (typeof SECTIONS)[number]["name"];

/** A page about people, with the line of their sections. */
export function peoplePage(reply: FastifyReply, section: PeopleSection, template: string, context: object): Promise<FastifyReply> {
  const sections = SECTIONS.map((one) => ({ ...one, isCurrent: one.name === section }));
  return reply.page(template, { sections, ...context });
}
