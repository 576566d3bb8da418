import { adminOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { deskOnly, pieceBody, pieceUrl, type Values } from "../pieces/desk.ts";
import { sendPosts } from "./list.ts";

const NOTHING_ASKED = { status: "", tag: "", author: "", words: "", page: 1 } as const;

/** POST /admin/posts: a new draft, to go on with at once. */
export const createPost: Route<{ Body: Values }> = {
  method: "POST",
  url: "/admin/posts",
  schema: { body: pieceBody },
  onRequest: deskOnly("post"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const title = (request.body["title"] ?? "").trim();
    const made = await transaction((tx) => services.writing.createPost(tx, { by: adminOf(request).userId, settings: { title } }));
    if (made.kind === "created") return reply.redirect(pieceUrl({ kind: "post", id: made.id }), 303);
    const message = made.kind === "invalid" ? (made.errors[0]?.message ?? "") : "Something else has this address by now. Try again.";
    return sendPosts(request, reply, { query: NOTHING_ASKED, again: { title, message } });
  },
};
