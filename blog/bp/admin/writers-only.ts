import { sectionOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";

/** A preHandler for what goes with writing: whoever edits the blog, or one piece of it, brings pictures for it and finds them. */
export const writersOnly = sectionOnly("/admin/media");
