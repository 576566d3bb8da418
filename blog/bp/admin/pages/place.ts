import type { MoveResult } from "@rose-ash/shared/contracts/writing.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { PageId } from "@rose-ash/shared/models/ids.ts";
import { deskOnly, lookUp, type PieceParams, pieceBody, pieceParams, pieceRoute, pieceUrl, type Values } from "../pieces/desk.ts";
import { sendPiece } from "../pieces/send-piece.ts";
import { pageDesk } from "./desk.ts";
import { parentOptions, TOP } from "./parent-options.ts";

/** POST /admin/pages/:id/place: under another page, or under another name; all below comes along. */
export const placePage: Route<{ Params: PieceParams; Body: Values }> = {
  method: "POST",
  url: pieceRoute("page", "/place"),
  schema: { params: pieceParams, body: pieceBody },
  onRequest: deskOnly("page"),
  async handler(request, reply) {
    const { piece, userId } = await lookUp(request, "page");
    const page = piece.kind === "page" ? piece : null;
    const { parentId = "", slug = "" } = request.body;
    const isOffered = (await parentOptions(request, page)).some(({ value }) => value === parentId);
    const place = { parentId: parentId === TOP ? null : (Number(parentId) as PageId), slug: slug.trim() };
    const { services, transaction } = request.server;
    const result: MoveResult = isOffered
      ? await transaction((tx) => services.writing.movePage(tx, piece.id as PageId, { ...place, by: userId }))
      : { kind: "below-itself" };
    if (result.kind === "moved") return reply.redirect(withNotice(pieceUrl(piece), "page-moved"), 303);
    if (result.kind === "gone") return reply.redirect(withNotice("/admin/pages", "not-there-now"), 303);
    const { version, status } = piece;
    return sendPiece(request, reply, pageDesk, piece, { values: { parentId, slug }, errors: errorsOf(result), version, status });
  },
};

function errorsOf(result: Exclude<MoveResult, { kind: "moved" | "gone" }>) {
  if (result.kind === "invalid") return result.errors;
  if (result.kind === "slug-taken")
    return [{ field: "slug", message: `Another page is called “${result.slug}” there, perhaps in the bin.` }];
  return [{ field: "parentId", message: "It can’t lie there: a page never lies under itself, and only under pages that you edit." }];
}
