import type { GhostCounts, GhostLinkView } from "@rose-ash/shared/contracts/ghost.ts";
import { adminOf, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { rowOf } from "./rows.ts";

const MOST_SHOWN = 50;
const MOST_FILES = 10;

/** A form that is given back: what was typed, and what is wrong with each field. */
export interface GivenBack {
  readonly siteUrl: string;
  readonly mistakes: Partial<Record<"file" | "siteUrl", string>>;
}

/** How far the comparison with a Ghost is, and what files were brought. Without a Ghost there are only the files. */
export async function sendGhost(request: FastifyRequest, reply: FastifyReply, form?: GivenBack): Promise<FastifyReply> {
  const { ghost, services } = request.server;
  const mistakes = form?.mistakes ?? {};
  return reply.page("admin/ghost/show.html", {
    menu: menuOf(request),
    imports: await services.ghostImports.list(MOST_FILES),
    form: { siteUrl: form?.siteUrl ?? ghost?.url ?? "", mistakes },
    errors: Object.entries(mistakes).map(([field, message]) => ({ field, message })),
    ghost: ghost && (await stateOf(request, ghost)),
  });
}

async function stateOf(request: FastifyRequest, { url, webhookSecret }: { url: string; webhookSecret: string | null }) {
  const { services, publicUrl } = request.server;
  const list = (which: Parameters<typeof services.ghost.listLinks>[0]) => services.ghost.listLinks(which, MOST_SHOWN);
  const [members, newsletters, figures] = await Promise.all([
    services.ghost.countMembers(),
    services.newsletters.listNewsletters(),
    services.newsletters.getFigures(),
  ]);
  const [state, counts, failing, noted, recent] = await Promise.all([
    services.ghost.getState(),
    services.ghost.getCounts(),
    list("failing"),
    list("noted"),
    list("recent"),
  ]);
  const rowsOf = (links: readonly GhostLinkView[]) => links.map((link) => rowOf(url, link));
  return {
    ...{ url, takesWebhooks: webhookSecret !== null, webhookUrl: publicUrl("blog", "/webhooks/ghost") },
    ...{ state, counts, importing: importOf(counts) },
    people: { members, newsletters, ...figures, mayBring: adminOf(request).actions.includes("operate") },
    ...{ failing: rowsOf(failing), noted: rowsOf(noted), recent: rowsOf(recent) },
  };
}

/** What is left of the first import; null: it is over. */
function importOf({ linked, never }: GhostCounts): { done: number; all: number } | null {
  return never === 0 ? null : { done: linked, all: linked + never };
}
