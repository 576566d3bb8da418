import { join } from "node:path";
import { fieldOf, type MarkdownFile, readMarkdown } from "../read-markdown.ts";

/** A standing page; parent is the path above, null at the root. */
export interface SeedPage {
  path: string;
  parent: string | null;
  title: string;
  summary: string;
  position: number;
  markdown: string;
}

/** The pages of content/pages; folders make the tree. A page comes after its parent. */
export function readPages(): SeedPage[] {
  return readMarkdown(join(import.meta.dirname, "pages"))
    .map(toPage)
    .sort((a, b) => a.path.split("/").length - b.path.split("/").length || a.position - b.position);
}

function toPage(file: MarkdownFile): SeedPage {
  const slash = file.name.lastIndexOf("/");
  return {
    path: file.name,
    parent: slash === -1 ? null : file.name.slice(0, slash),
    title: fieldOf(file, "title"),
    summary: fieldOf(file, "summary"),
    position: Number(fieldOf(file, "position")),
    markdown: file.body,
  };
}

/** Links of the menus, each to one of the pages; label is what the menu says. */
export const MENU_ITEMS = [
  { menu: "primary", label: "About us", path: "about" },
  { menu: "primary", label: "Visit", path: "visit" },
  { menu: "primary", label: "How we buy", path: "how-we-buy" },
  { menu: "primary", label: "Join", path: "join" },
  { menu: "footer", label: "About", path: "about" },
  { menu: "footer", label: "Members and votes", path: "about/members-and-votes" },
  { menu: "footer", label: "Getting here", path: "visit/getting-here" },
  { menu: "footer", label: "Imprint", path: "imprint" },
] as const;
