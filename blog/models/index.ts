/** The tables that blog owns. */
export { menuItems, pages, postAuthors, postProducts, posts, postTags, tags } from "@rose-ash/shared/models/blog.ts";
export { media } from "@rose-ash/shared/models/media.ts";
