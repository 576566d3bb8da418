import { defineFragment } from "@rose-ash/shared/infrastructure/fragments/index.ts";
import { commentParams } from "./comments.ts";

/** What the reader wrote there, with what became of it, and the way to change it. */
export const ownComments = defineFragment({
  type: "own-comments",
  params: commentParams,
  async render({ services, publicUrl, subject, params: { type, id } }) {
    const own = subject.kind === "user" ? await services.comments.listOwn({ type, id }, subject.userId) : [];
    const listed = own.map((one) => ({ ...one, editUrl: publicUrl("federation", `/comments/${one.key}/edit`) }));
    return {
      template: "fragments/own-comments.html",
      context: { own: listed, appealUrl: publicUrl("federation", "/settings/moderation") },
    };
  },
});
