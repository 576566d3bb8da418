import type { Navigation, NavigationNode } from "../../contracts/blog.ts";
import type { PublicUrl } from "../../infrastructure/service-deps.ts";
import type { PageId } from "../../models/ids.ts";

interface PageRow {
  id: PageId;
  parentId: PageId | null;
  path: string;
  title: string;
}

interface MenuRow {
  menu: "primary" | "footer";
  label: string;
  /** Set when the item leads to an address; otherwise it leads to the page of `path`. */
  url: string | null;
  path: string | null;
  pageId: PageId | null;
}

/** Menus and tree from rows that stand in the editors' order. */
export function navigationOf(items: readonly MenuRow[], pages: readonly PageRow[], publicUrl: PublicUrl): Navigation {
  const linkOf = ({ label, url, path, pageId }: MenuRow) => ({ name: label, url: addressOf(url ?? `/${path}`, publicUrl), pageId });
  return {
    primary: items.filter(({ menu }) => menu === "primary").map(linkOf),
    footer: items.filter(({ menu }) => menu === "footer").map(linkOf),
    tree: treeOf(pages, publicUrl),
  };
}

function treeOf(pages: readonly PageRow[], publicUrl: PublicUrl): readonly NavigationNode[] {
  const byParent = Map.groupBy(pages, ({ parentId }) => parentId);
  const below = (parent: PageId | null): NavigationNode[] =>
    (byParent.get(parent) ?? []).map(({ id, title, path }) => ({
      pageId: id,
      name: title,
      url: publicUrl("blog", `/${path}`),
      children: below(id),
    }));
  return below(null);
}

/** A path is one of the blog's own. */
function addressOf(url: string, publicUrl: PublicUrl): string {
  return url.startsWith("/") ? publicUrl("blog", url) : url;
}
