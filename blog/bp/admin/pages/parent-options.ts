import type { PageForEditing } from "@rose-ash/shared/contracts/writing.ts";
import { adminOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { FastifyRequest } from "fastify";

/** What a form says for the top of the tree. */
export const TOP = "top";

/**
 * Below which pages somebody may put this one, or a new one: those they edit, not itself and nothing that lies below it. The top
 * of the tree is for whoever edits everything, and for a page that stands there.
 */
export async function parentOptions(request: FastifyRequest, page: PageForEditing | null): Promise<{ value: string; label: string }[]> {
  const { userId, actions } = adminOf(request);
  const tree = await request.server.services.writing.listPages(userId, "tree");
  const isWithin = (address: string) => page !== null && `${address}/`.startsWith(`${page.address}/`);
  const below = tree
    .filter(({ address }) => !isWithin(address))
    .map(({ id, title, depth }) => ({ value: String(id), label: `${"– ".repeat(depth)}${title}` }));
  const mayBeOnTop = actions.includes("edit") || (page !== null && page.place.parentId === null);
  const present = page?.place.parentId ?? null;
  const isListed = present === null || below.some(({ value }) => value === String(present));
  return [
    ...(mayBeOnTop ? [{ value: TOP, label: "At the top" }] : []),
    ...(isListed ? [] : [{ value: String(present), label: "Where it is" }]),
    ...below,
  ];
}
