import type { GhostCounts, GhostLinkView } from "@rose-ash/shared/contracts/ghost.ts";
import { adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import { nothingHere, type Route } from "@rose-ash/shared/infrastructure/http/index.ts";

const MOST_SHOWN = 50;

/** GET /admin/ghost: how far it is, what differs, what fails and why. */
export const showGhost: Route = {
  method: "GET",
  url: "/admin/ghost",
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { ghost, services } = request.server;
    if (ghost === null) throw nothingHere();
    const list = (which: Parameters<typeof services.ghost.listLinks>[0]) => services.ghost.listLinks(which, MOST_SHOWN);
    const [state, counts, failing, noted, recent] = await Promise.all([
      services.ghost.getState(),
      services.ghost.getCounts(),
      list("failing"),
      list("noted"),
      list("recent"),
    ]);
    const rowsOf = (links: readonly GhostLinkView[]) => links.map((link) => ({ ...link, ghostEditUrl: editUrlOf(ghost.url, link) }));
    return reply.page("admin/ghost/show.html", {
      menu: menuOf(request),
      ghostUrl: ghost.url,
      takesWebhooks: ghost.webhookSecret !== null,
      webhookUrl: request.server.publicUrl("blog", "/webhooks/ghost"),
      ...{ state, counts, importing: importOf(counts) },
      ...{ failing: rowsOf(failing), noted: rowsOf(noted), recent: rowsOf(recent) },
    });
  },
};

/** What is left of the first import; null: it is over. */
function importOf({ linked, never }: GhostCounts): { done: number; all: number } | null {
  return never === 0 ? null : { done: linked, all: linked + never };
}

function editUrlOf(ghostUrl: string, { kind, ghostId }: GhostLinkView): string | null {
  return ghostId && `${ghostUrl}/ghost/#/editor/${kind}/${encodeURIComponent(ghostId)}`;
}
