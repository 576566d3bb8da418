/** The tables that blog owns. */
export {
  containments,
  menuItems,
  pages,
  postAuthors,
  postProducts,
  posts,
  postTags,
  series,
  tags,
} from "@rose-ash/shared/models/blog.ts";
export {
  ghostDeliveries,
  ghostFiles,
  ghostImportItems,
  ghostImports,
  ghostLinks,
  ghostMembers,
  ghostNewsletters,
  ghostState,
} from "@rose-ash/shared/models/ghost.ts";
export { likes } from "@rose-ash/shared/models/likes.ts";
export { media, mediaVariants } from "@rose-ash/shared/models/media.ts";
export { previewLinks, redirects, revisions } from "@rose-ash/shared/models/revisions.ts";
export { uploads } from "@rose-ash/shared/models/uploads.ts";
