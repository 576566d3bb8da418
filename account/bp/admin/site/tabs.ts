import type { FastifyRequest } from "fastify";

type Tab = "look" | "joining" | "requests" | "invitations" | "texts" | "retention";

/** The pages about the house, with how many ask to be let in. */
export async function tabsOf({ server }: Pick<FastifyRequest, "server">, current: Tab) {
  const waiting = await server.services.joining.countWaiting();
  const tabs: readonly { id: Tab; name: string; url: string }[] = [
    { id: "look", name: "Name and look", url: "/admin/site" },
    { id: "joining", name: "Who may join", url: "/admin/site/joining" },
    { id: "requests", name: `Requests (${waiting})`, url: "/admin/site/requests" },
    { id: "invitations", name: "Invitations", url: "/admin/site/invitations" },
    { id: "texts", name: "Texts", url: "/admin/site/texts" },
    { id: "retention", name: "How long things stay", url: "/admin/site/retention" },
  ];
  return tabs.map(({ id, ...tab }) => ({ ...tab, isCurrent: id === current }));
}
