import type { Navigation, NavigationNode } from "@rose-ash/shared/contracts/blog.ts";
import type { RelationHandle } from "@rose-ash/shared/contracts/relations.ts";
import { defineFragment } from "@rose-ash/shared/infrastructure/fragments/index.ts";
import { z } from "zod";

const HIDDEN: RelationHandle<{ page: number }> = { relation: "blog.hidden_nav", columns: { page: "page" } };

export const navTree = defineFragment({
  type: "nav-tree",
  params: z.object({}),
  async render({ services }) {
    const [navigation, hidden] = await Promise.all([services.blog.getNavigation(), services.relations.list(HIDDEN, {})]);
    return { template: "fragments/nav-tree.html", context: { items: menuOf(navigation, new Set(hidden.map(({ page }) => page))) } };
  },
});

/** The editors' menu, under each page of it the pages below. Without a menu, the whole tree. What is kept out of menus is left out, with all below. */
function menuOf({ primary, tree }: Navigation, hidden: ReadonlySet<number>) {
  const shownOf = (nodes: readonly NavigationNode[]): NavigationNode[] =>
    nodes.filter(({ pageId }) => !hidden.has(pageId)).map((node) => ({ ...node, children: shownOf(node.children) }));
  const shown = shownOf(tree);
  if (primary.length === 0) return shown;
  const items = primary.filter(({ pageId }) => pageId === null || !hidden.has(pageId));
  return items.map((item) => ({ ...item, children: findNode(shown, item.url)?.children ?? [] }));
}

/** The page at an address, wherever in the tree. */
function findNode(nodes: readonly NavigationNode[], url: string): NavigationNode | undefined {
  for (const node of nodes) {
    const found = node.url === url ? node : findNode(node.children, url);
    if (found) return found;
  }
  return undefined;
}
