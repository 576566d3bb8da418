import type { RelationsDeclaration } from "@rose-ash/shared/infrastructure/relations/index.ts";

/** Pages in their tree, who writes and reads what, and what belongs together. */
export const relations: RelationsDeclaration = {
  owner: "blog",
  folder: import.meta.dirname,
  purges: ["posts", "menu"],
  materialised: {
    file: "tree.dl",
    relations: {
      under: {
        columns: ["part", "whole"],
        says: "{part} lies under {whole}",
        ceiling: 20_000,
        assertedBy: "assert-facts",
        seenBy: "everyone",
        projections: [
          {
            name: "pages and their parents",
            kinds: ["page", "page"],
            select: "select id as c0, parent_id as c1 from pages where parent_id is not null",
            watches: "pages",
          },
        ],
      },
      nav_page: {
        columns: ["page"],
        says: "{page} stands in a menu",
        ceiling: 1_000,
        seenBy: "everyone",
        projections: [
          {
            name: "menus",
            kinds: ["page"],
            select: "select distinct page_id as c0 from menu_items where page_id is not null",
            watches: "menu_items",
          },
        ],
      },
      hidden_nav: {
        columns: ["page"],
        says: "{page} is kept out of menus",
        ceiling: 1_000,
        assertedBy: "assert-facts",
        seenBy: "everyone",
      },
      in_nav: {
        columns: ["page", "whole"],
        says: "{page} is in the menu of {whole}",
        ceiling: 5_000,
        isExported: true,
        seenBy: "everyone",
      },
    },
  },
  onDemand: {
    file: "reading.dl",
    relations: {
      author: {
        columns: ["user", "post"],
        says: "{user} wrote {post}",
        seenBy: "everyone",
        projections: [
          { name: "authors of posts", kinds: ["user", "post"], select: "select user_id as c0, post_id as c1 from post_authors" },
        ],
      },
      editor: { columns: ["user", "part"], says: "{user} may edit {part}", assertedBy: "grant-roles", isRight: true },
      may_edit: { columns: ["user", "part"], says: "{user} edits {part}", isRight: true },
      piece: {
        columns: ["part"],
        says: "{part} was written here",
        seenBy: "everyone",
        projections: [
          { name: "posts", kinds: ["post"], select: "select id as c0 from posts" },
          { name: "standing pages", kinds: ["page"], select: "select id as c0 from pages" },
        ],
      },
      published: {
        columns: ["part"],
        says: "{part} is published",
        seenBy: "everyone",
        projections: [
          { name: "published posts", kinds: ["post"], select: "select id as c0 from posts where status = 'published'" },
          { name: "published pages", kinds: ["page"], select: "select id as c0 from pages where status = 'published'" },
        ],
      },
      tier: {
        columns: ["part", "group"],
        says: "{part} is for {group} only",
        assertedBy: "assert-facts",
        projections: [
          {
            name: "audiences of posts",
            kinds: ["post", "text"],
            select: "select id as c0, audience as c1 from posts where audience is not null",
          },
          {
            name: "audiences of pages",
            kinds: ["page", "text"],
            select: "select id as c0, audience as c1 from pages where audience is not null",
          },
        ],
      },
      tiered: { columns: ["part"], says: "{part} is not for everybody" },
      readable: { columns: ["user", "part"], says: "{user} may read {part}", assertedBy: "grant-roles", isRight: true },
      tagged: {
        columns: ["post", "tag"],
        says: "{post} carries {tag}",
        seenBy: "everyone",
        projections: [{ name: "tags of posts", kinds: ["post", "tag"], select: "select post_id as c0, tag_id as c1 from post_tags" }],
      },
      distinctive: { columns: ["tag"], says: "{tag} says much about a post", assertedBy: "assert-facts", seenBy: "everyone" },
      curated: {
        columns: ["part", "other"],
        says: "an editor put {part} and {other} together",
        assertedBy: "assert-facts",
        seenBy: "everyone",
      },
      related: { columns: ["part", "other"], says: "{part} and {other} belong together", seenBy: "everyone" },
      hidden_pair: {
        columns: ["part", "other"],
        says: "{other} is not offered beside {part}",
        assertedBy: "assert-facts",
        seenBy: "everyone",
      },
    },
  },
};
