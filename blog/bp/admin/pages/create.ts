import { adminOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { PageId } from "@rose-ash/shared/models/ids.ts";
import { deskOnly, pieceBody, pieceUrl, type Values } from "../pieces/desk.ts";
import { sendPages } from "./list.ts";
import { parentOptions, TOP } from "./parent-options.ts";

/** POST /admin/pages: a new draft, to go on with at once. */
export const createPage: Route<{ Body: Values }> = {
  method: "POST",
  url: "/admin/pages",
  schema: { body: pieceBody },
  onRequest: deskOnly("page"),
  async handler(request, reply) {
    const { title = "", parentId = "" } = request.body;
    const again = (errors: readonly { field: string; message: string }[]) =>
      sendPages(request, reply, { isBin: false, again: { values: request.body, errors } });
    const isOffered = (await parentOptions(request, null)).some(({ value }) => value === parentId);
    if (!isOffered) return again([{ field: "parentId", message: "Choose a page that you edit." }]);
    const { services, transaction } = request.server;
    const place = { parentId: parentId === TOP ? null : (Number(parentId) as PageId) };
    const settings = { title: title.trim() };
    const made = await transaction((tx) => services.writing.createPage(tx, { by: adminOf(request).userId, place, settings }));
    if (made.kind === "created") return reply.redirect(pieceUrl({ kind: "page", id: made.id }), 303);
    return again(
      made.kind === "invalid" ? made.errors : [{ field: "title", message: "Something else has this address by now. Try again." }],
    );
  },
};
