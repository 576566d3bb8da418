import { brought, named, nobodys, ofUser, ownPosts, postsOf, unusedFiles } from "./conditions.ts";
import type { Holdings } from "./holding.ts";

const FOR_READERS = "Posts speak for the co-operative, and others rely on them; the by-line says “Former member”.";

/** What the blog holds of people. */
export const blog: Holdings = {
  app: "blog",
  holdings: [
    {
      table: "revisions",
      what: "versions you saved",
      whose: ofUser("saved_by"),
      shows: ["post_id", "page_id", "version", "title", "excerpt", "html", "saved_at"],
      deed: { does: "leaves", columns: ["html", "document"], because: "They go with their post, or stay with it." },
    },
    {
      table: "posts",
      what: "posts",
      whose: postsOf,
      shows: ["id", "slug", "title", "excerpt", "status", "html", "language", "published_at", "created_at", "updated_at"],
      deed: { does: "leaves", columns: ["html", "plaintext", "document", "search"], because: FOR_READERS },
    },
    { table: "posts", what: "posts that go", whose: ownPosts, deed: { does: "deletes" } },
    {
      table: "pages",
      what: "pages",
      whose: nobodys,
      deed: {
        does: "leaves",
        columns: ["html", "document", "search"],
        because: "Pages have no author: they are the co-operative's own words.",
      },
    },
    {
      table: "preview_links",
      what: "links to drafts",
      whose: ofUser("created_by"),
      shows: ["post_id", "created_at"],
      deed: { does: "deletes" },
    },
    {
      table: "ghost_links",
      what: "notes about authors elsewhere",
      whose: named("note"),
      deed: { does: "blanks", sets: { note: "''" }, because: "The text stays, without the note." },
    },
    {
      table: "ghost_import_items",
      what: "pieces of files",
      whose: named("piece::text || reasons::text || note"),
      deed: { does: "deletes" },
    },
    {
      table: "media",
      what: "names of files that stay",
      whose: brought,
      deed: { does: "blanks", sets: { name: "''" }, because: "Something shows it; what its bringer called it is gone." },
      isLast: true,
    },
    { table: "media", what: "files that nothing shows", whose: unusedFiles, deed: { does: "deletes" }, isLast: true },
    {
      table: "uploads",
      what: "files you brought",
      whose: ofUser("user_id"),
      shows: ["media_id", "created_at"],
      deed: { does: "deletes" },
      isLast: true,
    },
  ],
  numbers: {
    "post_authors.user_id": FOR_READERS,
    "revisions.saved_by": "who wrote a version of a text that stays",
    "ghost_imports.brought_by": "who brought a file",
  },
};
