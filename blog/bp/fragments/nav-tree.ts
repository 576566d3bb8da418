import type { Navigation } from "@rose-ash/shared/contracts/blog.ts";
import { defineFragment } from "@rose-ash/shared/infrastructure/fragments/index.ts";
import { z } from "zod";

export const navTree = defineFragment({
  type: "nav-tree",
  params: z.object({}),
  async render({ services }) {
    return { template: "fragments/nav-tree.html", context: { items: menuOf(await services.blog.getNavigation()) } };
  },
});

/** The editors' menu, under each page of it the pages below. Without a menu, the whole tree. */
function menuOf({ primary, tree }: Navigation) {
  if (primary.length === 0) return tree;
  return primary.map((item) => ({ ...item, children: tree.find(({ url }) => url === item.url)?.children ?? [] }));
}
