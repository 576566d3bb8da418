import type { Wants } from "@rose-ash/shared/infrastructure/page.ts";
import type { FastifyInstance, FastifyReply } from "fastify";

/** The sections of a member's account, in the order of the menu. under: other pages that belong to it. */
const SECTIONS = [
  { name: "Overview", url: "/", under: [] },
  { name: "Profile", url: "/profile", under: ["/settings"] },
  { name: "Orders", url: "/orders", under: [] },
  { name: "Tickets", url: "/tickets", under: ["/family", "/calendar"] },
  { name: "Bookings", url: "/bookings", under: [] },
  { name: "Newsletters", url: "/newsletters", under: ["/letters"] },
  { name: "Membership", url: "/membership", under: ["/join"] },
  { name: "Your data", url: "/data", under: [] },
] as const;

/** As the menu shows it. */
interface SectionLink {
  readonly name: string;
  readonly url: string;
  readonly isCurrent: boolean;
}

/** The menu for the page at this address: only what has a page. */
export function sectionsFor(app: Pick<FastifyInstance, "hasRoute">, address: string): SectionLink[] {
  const [path = "/"] = address.split("?");
  const isAt = (url: string) => path === url || (url !== "/" && path.startsWith(`${url}/`));
  return SECTIONS.filter(({ url }) => app.hasRoute({ method: "GET", url })).map(({ name, url, under }) => ({
    name,
    url,
    isCurrent: isAt(url) || under.some(isAt),
  }));
}

/** A page of a member's account. Its template extends account/base.html, which shows the menu of sections. */
export function accountPage(reply: FastifyReply, template: string, context: object, wants?: Wants): Promise<FastifyReply> {
  const { server, url } = reply.request;
  return reply.page(template, { sections: sectionsFor(server, url), ...context }, wants);
}
