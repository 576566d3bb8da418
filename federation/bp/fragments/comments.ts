import { defineFragment } from "@rose-ash/shared/infrastructure/fragments/index.ts";
import { COMMENTED_TYPES } from "@rose-ash/shared/models/comments.ts";
import { z } from "zod";

/** path: where on the asking host the thing stands, for links that lead back to it. */
export const commentParams = z.object({
  type: z.enum(COMMENTED_TYPES),
  id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER),
  path: z.string().regex(/^\/(posts|products|entries)\/[a-z0-9-]{1,200}$/),
});

/** What everybody sees of what people say about something: the first of it, and the way to the rest. */
export const comments = defineFragment({
  type: "comments",
  params: commentParams,
  async render({ services, publicUrl, params: { type, id, path } }) {
    const source = { type, id };
    const [page, thread] = await Promise.all([services.comments.listShown(source, 1), services.comments.getThread(source)]);
    const allUrl =
      page.pageCount > 1 ? publicUrl("federation", `/comments?${new URLSearchParams({ type, id: String(id), page: "2" })}`) : null;
    return { template: "fragments/comments.html", context: { comments: page.comments, isOpen: thread.isOpen, path, allUrl } };
  },
});
