/** The tables that blog owns. */
export { containments, menuItems, pages, postAuthors, postProducts, posts, postTags, series, tags } from "@rose-ash/shared/models/blog.ts";
export { media, mediaVariants } from "@rose-ash/shared/models/media.ts";
export { uploads } from "@rose-ash/shared/models/uploads.ts";
